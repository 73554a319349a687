import { Link } from 'wouter';
import { paths } from '../../app/routes.ts';
import { texts } from '../../texts/en.ts';
import { type Model, useCatalogue } from '../../wire/catalogue.ts';
import { ModelCard } from '../models/model-card.tsx';

const words = texts.model.about;

/** What the model's page says beside its tables, and its neighbours. */
export function AboutTab({ model }: { readonly model: Model }) {
  const models = useCatalogue().data?.models ?? [];
  const related = models.filter(
    ({ protocol, id }) => protocol === model.protocol && model.related.includes(id),
  );
  const facts: readonly (readonly [string, string])[] = [
    [words.id, model.id],
    [words.protocol, texts.protocols[model.protocol]],
    [words.family, model.family],
    [words.tier, model.tier],
    [words.style, model.style],
    [words.engine, model.engine.name],
  ];
  return (
    <div className="flex flex-col gap-10">
      <div className="grid gap-x-16 gap-y-8 md:grid-cols-3">
        <Sentences title={words.features} sentences={model.features} />
        <Sentences
          title={words.notes}
          sentences={model.style === 'spicy' ? [...model.notes, words.spicy] : model.notes}
        />
        <section>
          <h2 className="pb-2 font-semibold">{words.facts}</h2>
          <dl className="flex flex-col gap-2">
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt className="slate">{name}</dt>
                <dd className="number text-sm break-words">{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
      {related.length > 0 && (
        <section className="flex flex-col gap-4">
          <h2 className="font-semibold">{words.related}</h2>
          <ul className="grid gap-6 sm:grid-cols-2 lg:grid-cols-3 2xl:grid-cols-4">
            {related.map((one) => (
              <ModelCard key={one.id} model={one} />
            ))}
          </ul>
        </section>
      )}
      <Link href={paths.models} className="link self-start text-sm">
        {texts.shell.toModels}
      </Link>
    </div>
  );
}

const Sentences = ({
  title,
  sentences,
}: {
  readonly title: string;
  readonly sentences: readonly string[];
}) => (
  <section>
    <h2 className="pb-2 font-semibold">{title}</h2>
    <ul className="flex flex-col gap-2">
      {sentences.map((sentence) => (
        <li key={sentence} className="border-l border-hairline pl-3">
          {sentence}
        </li>
      ))}
    </ul>
  </section>
);
