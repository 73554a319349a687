import { Link } from 'wouter';
import { paths } from '../../app/routes.ts';
import { texts } from '../../texts/en.ts';
import { CopyAsCurl } from '../../ui/copy-as-curl.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';
import { ADMIN_PATHS, type EngineEntry, useEngines } from '../../wire/administration.ts';

const words = texts.admin;

/** What makes the clips, and how it is. */
export function Engines() {
  const { data, isError, error } = useEngines();
  return (
    <Section title={words.engines} actions={<CopyAsCurl path={ADMIN_PATHS.engines} />}>
      {isError && <Notice kind="error">{error.message}</Notice>}
      <ul className="flex flex-col gap-5">
        {data?.engines.map((engine) => (
          <Engine key={engine.name} engine={engine} />
        ))}
      </ul>
    </Section>
  );
}

function Engine({ engine: { name, health, breaker, endpoints } }: { readonly engine: EngineEntry }) {
  return (
    <li className="flex flex-col gap-1">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h3 className="font-semibold">{name}</h3>
        <HealthMark state={health.state} />
        {breaker.state === 'open' && (
          <span className="slate text-ink">
            {words.leftAlone(Math.ceil((breaker.reopensInMs ?? 0) / 1000))}
          </span>
        )}
        {breaker.state === 'trying' && <span className="slate text-ink">{words.trying}</span>}
        {health.queued !== undefined && <span className="slate">{words.queued(health.queued)}</span>}
      </div>
      <p className="text-sm text-soft">{health.message}</p>
      <details>
        <summary className="slate w-fit">{words.standsBehind(endpoints.length)}</summary>
        <ul className="mt-2 flex flex-col gap-1">
          {endpoints.map((endpoint) => (
            <li key={`${endpoint.protocol}/${endpoint.id}`} className="text-sm">
              <span className="slate mr-3">{texts.protocols[endpoint.protocol]}</span>
              <Link href={paths.model(endpoint)} className="link number text-xs break-all">
                {endpoint.id}
              </Link>
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

type Health = EngineEntry['health']['state'];

/** A filled dot, a ring, a cross. */
const SHAPES: Readonly<Record<Health, string>> = {
  ready: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 6.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z',
  degraded: 'M8 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
  unavailable: 'M4 4l8 8M12 4l-8 8',
};

const HealthMark = ({ state }: { readonly state: Health }) => (
  <span className="number inline-flex items-center gap-1.5 text-xs">
    <svg
      width="12"
      height="12"
      viewBox="0 0 16 16"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
    >
      <path d={SHAPES[state]} />
    </svg>
    {words.health[state]}
  </span>
);
