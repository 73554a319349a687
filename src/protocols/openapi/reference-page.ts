/**
 * The document as one page of HTML that can be read without its script, without a network and without a mouse; the script adds a
 * filter, opens what a link points at, and copies examples.
 */
import type { JsonObject } from '#domain/json.ts';
import { escapeHtml, inline, paragraphs, slug } from './html.ts';
import { methodBadge, operationAnchor, type PlacedOperation, renderOperation } from './render-operation.ts';
import { renderParts, typeOf } from './render-schema.ts';

/** Of the document, what the page reads. */
interface ReadDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, PlacedOperation['operation']>>>>;
  readonly webhooks: Readonly<Record<string, { readonly post: WebhookObject }>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonObject>> };
}

interface WebhookObject {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly requestBody: {
    readonly content: { readonly 'application/json': { readonly schema: JsonObject } };
  };
}

interface Section {
  readonly name: string;
  readonly description: string;
  readonly operations: readonly PlacedOperation[];
}

/** @param document As `openApiDocument` makes it. */
export function renderReference(document: JsonObject): string {
  const read = document as unknown as ReadDocument;
  const { info, components } = read;
  const sections = sectionsOf(read);
  const schemas = Object.entries(components.schemas).filter(([name]) => !isInput(name));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(info.title)} API reference</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/reference.css">
<script src="/reference.js" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to the operations</a>
<header><p class="brand">${escapeHtml(info.title)} <span>API reference</span></p>
<p class="version">${escapeHtml(info.version)} · <a href="/openapi.json">openapi.json</a></p></header>
<div class="layout">
<nav aria-label="Contents"><details class="menu" open><summary>Contents</summary>
<label class="filter" hidden><span>Filter</span><input type="search" placeholder="path or words" autocomplete="off"></label>
${sections.map(renderContents).join('\n')}
<p class="group"><a href="#webhooks">Webhooks</a></p>
<p class="group"><a href="#schemas">Schemas</a></p>
</details></nav>
<main id="content" tabindex="-1">
<div class="intro">${paragraphs(info.description)}</div>
<p class="none" role="status" hidden>Nothing fits the filter.</p>
${sections.map((section) => renderSection(section, components.schemas)).join('\n')}
<section id="webhooks"><h2>Webhooks</h2><p class="lead">What this server sends when a task has ended.</p>
${Object.values(read.webhooks).map(renderWebhook).join('\n')}
</section>
<section id="schemas"><h2>Schemas</h2><p class="lead">What answers are made of.</p>
${schemas.map(([name, schema]) => renderSchema(name, schema)).join('\n')}
</section>
</main>
</div>
</body>
</html>
`;
}

/** Inputs of models are shown with their operations. */
const isInput = (schemaName: string): boolean => /^(wavespeed|fal)\./.test(schemaName);

function sectionsOf({ tags, paths }: ReadDocument): readonly Section[] {
  const placed = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  return tags.map(({ name, description }) => ({
    name,
    description,
    operations: placed.filter(({ operation }) => operation.tags.includes(name)),
  }));
}

function renderContents({ name, operations }: Section): string {
  const items = operations.map(
    (placed) =>
      `<li><a href="#${operationAnchor(placed)}">${methodBadge(placed.method)} <span>${inline(placed.operation.summary)}</span></a></li>`,
  );
  return `<div class="contents"><p class="group"><a href="#${slug(name)}">${escapeHtml(name)}</a></p><ul>${items.join('')}</ul></div>`;
}

const renderSection = (
  { name, description, operations }: Section,
  schemas: Readonly<Record<string, JsonObject>>,
): string =>
  `<section id="${slug(name)}"><h2>${escapeHtml(name)}</h2><p class="lead">${inline(description)}</p>` +
  `${operations.map((operation) => renderOperation(operation, schemas)).join('\n')}</section>`;

function renderWebhook({ post }: { readonly post: WebhookObject }): string {
  const { operationId, summary, description, requestBody } = post;
  const words = `webhook ${summary}`.toLowerCase();
  return (
    `<details class="operation" id="${slug(operationId)}" data-words="${escapeHtml(words)}"><summary>` +
    `${methodBadge('post')}<span>${inline(summary)}</span></summary><div class="inside">${paragraphs(description)}` +
    `<h4>Body</h4><p>${typeOf(requestBody.content['application/json'].schema)}</p></div></details>`
  );
}

const renderSchema = (name: string, schema: JsonObject): string =>
  `<details class="schema" id="schema-${slug(name)}" data-words="${escapeHtml(name.toLowerCase())}">` +
  `<summary><code class="path">${escapeHtml(name)}</code></summary><div class="inside">${renderParts(schema)}</div></details>`;
