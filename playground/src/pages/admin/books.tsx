import { useState } from 'react';
import { texts } from '../../texts/en.ts';
import { Button } from '../../ui/button.tsx';
import { CopyAsCurl } from '../../ui/copy-as-curl.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';
import { ADMIN_PATHS, useLedgerReport } from '../../wire/administration.ts';

const words = texts.admin;

/** Adds up every posting once more when asked to. */
export function Books() {
  const [isAsked, setAsked] = useState(false);
  const report = useLedgerReport(isAsked);
  const verify = () => {
    if (isAsked) void report.refetch();
    else setAsked(true);
  };
  return (
    <Section
      title={words.books}
      actions={
        <>
          <Button disabled={report.isFetching} onClick={verify}>
            {words.verify}
          </Button>
          <CopyAsCurl path={ADMIN_PATHS.ledger} />
        </>
      }
    >
      {report.isError && <Notice kind="error">{report.error.message}</Notice>}
      {report.data !== undefined &&
        (report.data.faults.length === 0 ? (
          <Notice kind="info">{words.balanced(report.data.entryCount, report.data.taskCount)}</Notice>
        ) : (
          <Notice kind="error" title={words.unbalanced}>
            <ul>
              {report.data.faults.map((fault) => (
                <li key={fault}>{fault}</li>
              ))}
            </ul>
          </Notice>
        ))}
    </Section>
  );
}
