/** One operation of the document as a part of the reference page. */
import type { JsonObject } from '#domain/json.ts';
import { exampleValue } from './example-value.ts';
import { escapeHtml, inline, paragraphs, slug } from './html.ts';
import { referredName, renderParts, renderValue, typeOf } from './render-schema.ts';

/** As it stands in the document. */
export interface PlacedOperation {
  readonly path: string;
  readonly method: string;
  readonly operation: OperationObject;
}

interface OperationObject {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly security: readonly JsonObject[];
  readonly parameters?: readonly ParameterObject[];
  readonly requestBody?: { readonly content: ContentObject };
  readonly responses: Readonly<Record<string, ResponseObject>>;
}

interface ParameterObject {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonObject;
}

interface ResponseObject {
  readonly description: string;
  readonly content?: ContentObject;
}

type ContentObject = Readonly<Record<string, { readonly schema: JsonObject }>>;
type Schemas = Readonly<Record<string, JsonObject>>;

export const operationAnchor = ({ operation }: PlacedOperation): string => slug(operation.operationId);

export const methodBadge = (method: string): string =>
  `<span class="method ${method}">${method.toUpperCase()}</span>`;

export function renderOperation(placed: PlacedOperation, schemas: Schemas): string {
  const { path, method, operation } = placed;
  const words = `${method} ${path} ${operation.summary} ${operation.operationId}`.toLowerCase();
  const deprecated = operation.deprecated === true ? '<span class="deprecated">older form</span>' : '';
  return (
    `<details class="operation" id="${operationAnchor(placed)}" data-words="${escapeHtml(words)}"><summary>` +
    `${methodBadge(method)}<code class="path">${breakable(path)}</code>` +
    `<span class="summary">${inline(operation.summary)} ${deprecated}</span></summary><div class="inside">` +
    `${operation.description === undefined ? '' : paragraphs(operation.description)}` +
    `${renderAccess(operation)}${renderParameters(operation)}${renderBody(operation, schemas)}` +
    `${renderAnswers(operation)}${renderCurl(placed, schemas)}</div></details>`
  );
}

/** A path may be broken at its slashes. */
const breakable = (path: string): string => escapeHtml(path).replaceAll('/', '/<wbr>');

const ACCESS_WORDS: Readonly<Record<string, string>> = {
  bearerKey: '`Authorization: Bearer <key>`',
  falKey: '`Authorization: Key <key>`',
  uploadSignature: 'the signed query of the address',
};

function renderAccess({ security }: OperationObject): string {
  const ways = security.flatMap((each) => Object.keys(each)).map((name) => ACCESS_WORDS[name] ?? name);
  return `<p class="access">${inline(ways.length === 0 ? 'Needs no key.' : `Needs ${ways.join(' or ')}.`)}</p>`;
}

function renderParameters({ parameters = [] }: OperationObject): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(({ name, in: place, required, description, schema }) =>
    renderValue(name, description === undefined ? schema : { ...schema, description }, {
      required,
      note: `in ${place}`,
    }),
  );
  return `<h4>Parameters</h4><dl>${rows.join('')}</dl>`;
}

/** Inputs are shown where they are asked for. */
function renderBody({ requestBody }: OperationObject, schemas: Schemas): string {
  if (requestBody === undefined) return '';
  return Object.entries(requestBody.content)
    .map(([type, { schema }]) => {
      const parts = renderParts(resolve(schema, schemas));
      const about =
        parts === '' && typeof schema.description === 'string' ? paragraphs(schema.description) : parts;
      return `<h4>Body <small>${escapeHtml(type)}</small></h4>${about}`;
    })
    .join('');
}

function renderAnswers({ responses }: OperationObject): string {
  const rows = Object.entries(responses).map(([status, { description, content = {} }]) => {
    const [first] = Object.entries(content);
    const type = first === undefined ? '' : `<span class="type">${answerType(...first)}</span>`;
    const kind = status.startsWith('2') ? 'good' : 'bad';
    const parts = first === undefined || kind === 'bad' ? '' : renderParts(first[1].schema);
    return `<div class="value"><dt><code class="status ${kind}">${escapeHtml(status)}</code> ${type}</dt><dd>${paragraphs(description)}${parts}</dd></div>`;
  });
  return `<h4>Answers</h4><dl>${rows.join('')}</dl>`;
}

const answerType = (contentType: string, { schema }: { readonly schema: JsonObject }): string =>
  contentType === 'application/json' ? typeOf(schema) : escapeHtml(contentType);

function renderCurl({ path, method, operation }: PlacedOperation, schemas: Schemas): string {
  const [scheme] = operation.security.flatMap((each) => Object.keys(each));
  const lines = [`curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}"$ANIMATIC${path}"`];
  if (scheme === 'bearerKey') lines.push('-H "Authorization: Bearer $KEY"');
  if (scheme === 'falKey') lines.push('-H "Authorization: Key $KEY"');
  const [content] = Object.entries(operation.requestBody?.content ?? {});
  if (content !== undefined) lines.push(...bodyLines(content[0], resolve(content[1].schema, schemas)));
  return `<h4>Try it</h4><div class="example"><pre><code>${escapeHtml(lines.join(' \\\n  '))}</code></pre><button type="button" class="copy" hidden>Copy</button></div>`;
}

function bodyLines(contentType: string, schema: JsonObject): readonly string[] {
  if (contentType === 'multipart/form-data') return ['-F file=@picture.jpg'];
  if (contentType !== 'application/json') return ['--data-binary @picture.jpg'];
  const json = JSON.stringify(exampleValue(schema), undefined, 2).replaceAll('\n', '\n  ');
  return ['-H "Content-Type: application/json"', `-d '${json}'`];
}

function resolve(schema: JsonObject, schemas: Schemas): JsonObject {
  const name = referredName(schema);
  return name === undefined ? schema : (schemas[name] ?? schema);
}
