/** The way in: with a key, or with the one-time link that the server prints (its ticket stands behind the `#`). */
import { useEffect, useRef } from 'react';
import { Redirect, useLocation } from 'wouter';
import { paths } from '../../app/routes.ts';
import { texts } from '../../texts/en.ts';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useAccount, useSignIn } from '../../wire/session.ts';
import { SignInPanel } from './sign-in-panel.tsx';

const words = texts.signIn;

export function SignInPage() {
  const account = useAccount();
  const [location] = useLocation();
  const redeeming = useTicketOfAddress();
  if (account != null && location === paths.signIn) return <Redirect to={paths.models} replace />;
  return (
    <Page title={words.title}>
      <p className="-mt-4 text-soft">{words.lead}</p>
      {redeeming.isPending && <Notice kind="info">{words.redeeming}</Notice>}
      {redeeming.isError && <Notice kind="error">{words.ticketFailed}</Notice>}
      <SignInPanel />
    </Page>
  );
}

/** Trades the ticket for a session, once, and takes it out of the address and the history. */
function useTicketOfAddress() {
  const signIn = useSignIn();
  const isRedeemed = useRef(false);
  useEffect(() => {
    const ticket = location.hash.slice(1);
    if (ticket === '' || isRedeemed.current) return;
    isRedeemed.current = true;
    history.replaceState(history.state, '', location.pathname);
    signIn.mutate({ ticket });
  }, [signIn.mutate]);
  return signIn;
}
