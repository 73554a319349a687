import { Link } from 'wouter';
import { paths } from '../../app/routes.ts';
import { texts } from '../../texts/en.ts';
import { Money } from '../../ui/money.tsx';
import { type Model, previewPaths } from '../../wire/catalogue.ts';
import { LoopingPreview } from './looping-preview.tsx';

/** A model as a moving picture with its name, price and protocol under it. The whole card is the link. */
export const ModelCard = ({ model }: { readonly model: Model }) => (
  <li className="group relative flex flex-col gap-3">
    <LoopingPreview {...previewPaths(model)} />
    <div className="flex flex-col gap-1.5">
      <h2 className="leading-snug font-semibold">
        <Link
          href={paths.model(model)}
          className="after:absolute after:inset-0 after:content-[''] focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-4 focus-visible:after:outline-ink"
        >
          {model.title}
        </Link>
      </h2>
      <p className="text-sm text-soft">{model.description}</p>
      <p className="slate flex flex-wrap gap-x-4">
        <span className="text-ink">
          {texts.models.from} <Money amount={model.priceFrom.amount} />
        </span>
        <span>{texts.protocols[model.protocol]}</span>
        <span>{model.tier}</span>
      </p>
    </div>
  </li>
);
