import { Redirect } from 'wouter';
import { paths } from '../../app/routes.ts';
import { texts } from '../../texts/en.ts';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useFollowedRun } from '../../wire/followed-run.ts';

/** `/runs/<id>`: leads to the model's page with the run open, for those who know its id alone. */
export function RunRedirect({ id }: { readonly id: string }) {
  const { run, isGone } = useFollowedRun(id);
  if (run !== undefined) return <Redirect to={paths.run(run)} replace />;
  return (
    <Page title={texts.runs.title}>{isGone && <Notice kind="error">{texts.runs.goneAlone}</Notice>}</Page>
  );
}
