/** The OpenAPI document: it is well-formed, it names every route and no other, and real answers are as it says. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fastify from 'fastify';
import { API_DOCUMENT_FILE, apiDocument, apiDocumentText } from '#protocols/api-document.ts';
import { mountProtocols } from '#protocols/mount-protocols.ts';
import { EXCLUDED_ROUTES, type ExcludedRoute } from '#protocols/openapi/excluded-routes.ts';
import { OPENAPI_RULES } from '#tests/fixtures/openapi-rules.ts';
import { makePicture, makePictureUri } from '#tests/fixtures/picture.ts';
import type { Answer } from '#tests/fixtures/test-client.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly security: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

interface Document {
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly webhooks: Readonly<Record<string, { readonly post: Operation }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly securitySchemes: Readonly<Record<string, object>>;
  };
}

const DOCUMENT = apiDocument() as unknown as Document;

const OPERATIONS = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

/** What the formats mean is not looked at, but for times. */
const FORMATS = {
  uri: true,
  'uri-reference': true,
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
} as const;

/** Every value of a member called `name`, wherever it stands. */
function membersCalled(name: string, value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [
    ...(key === name ? [each] : []),
    ...membersCalled(name, each),
  ]);
}

test('the checked-in copy is the document; "node src/protocols/api-document.ts" writes it', () => {
  assert.equal(readFileSync(API_DOCUMENT_FILE, 'utf8'), apiDocumentText());
});

describe('the document is well-formed', () => {
  test('it keeps the rules of OpenAPI 3.1', () => {
    const validate = new Ajv2020({ strict: false, allErrors: true, formats: FORMATS }).compile(OPENAPI_RULES);
    assert.ok(validate(DOCUMENT), JSON.stringify(validate.errors?.slice(0, 5), undefined, 2));
    assert.equal(validate({ ...DOCUMENT, servers: [{ uri: '/' }] }), false, 'the rules see a fault');
  });

  test('references lead somewhere, and every schema of its own is used', () => {
    const names = Object.keys(DOCUMENT.components.schemas);
    const used = new Set(
      membersCalled('$ref', DOCUMENT).map((each) => String(each).replace('#/components/schemas/', '')),
    );
    assert.deepEqual([...used].toSorted(), names.toSorted());
  });

  test('operations are named once, and belong to a tag that is described', () => {
    const webhooks = Object.values(DOCUMENT.webhooks).map(({ post }) => post);
    const ids = [...OPERATIONS.map(({ operation }) => operation), ...webhooks].map(
      ({ operationId }) => operationId,
    );
    assert.deepEqual([...new Set(ids)], ids);
    const used = new Set(OPERATIONS.flatMap(({ operation }) => operation.tags));
    assert.deepEqual([...used].toSorted(), DOCUMENT.tags.map(({ name }) => name).toSorted());
  });

  test('the parameters of a path are those that are described, each once', () => {
    for (const { path, operation } of OPERATIONS) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const described = (operation.parameters ?? []).filter((each) => each.in === 'path');
      assert.deepEqual(described.map(({ name }) => name).toSorted(), inPath.toSorted(), path);
      const all = (operation.parameters ?? []).map((each) => `${each.in} ${each.name}`);
      assert.deepEqual([...new Set(all)], all, path);
    }
  });

  test('what secures an operation is described', () => {
    for (const { operation } of OPERATIONS) {
      for (const name of operation.security.flatMap((each) => Object.keys(each)))
        assert.ok(Object.hasOwn(DOCUMENT.components.securitySchemes, name), name);
    }
  });
});

describe('the document and the server', { timeout: 60_000 }, () => {
  let server: TestServer;
  before(async () => {
    server = await TestServer.start();
    server.engine.script('broken', { endings: ['failed'] });
  });
  after(() => server.close());

  interface Route {
    readonly method: string;
    readonly url: string;
  }

  const routesOf = async (): Promise<readonly Route[]> => {
    const routes: Route[] = [];
    const bare = fastify();
    bare.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) routes.push({ method: each, url });
    });
    await mountProtocols(bare, { ...server.ports, publicUrl: undefined }, {});
    await bare.ready();
    await bare.close();
    return routes;
  };

  /** Parameters lose their names; what stands for a star is anything. */
  const fits = (path: string, url: string): boolean => {
    const shape = (text: string) => text.replace(/\{\w+\}|:\w+/g, '{}');
    return url.endsWith('/*') ? path.startsWith(url.slice(0, -1)) : shape(path) === shape(url);
  };
  const isExcludedBy = ({ method, url }: Route, rule: ExcludedRoute): boolean =>
    (rule.method === '*' || rule.method === method) && (rule.url === '*' || rule.url === url);

  test('every route is described or excluded for a reason, and not both', async () => {
    const routes = await routesOf();
    assert.ok(routes.length > 60);
    for (const route of routes) {
      const isDescribed = OPERATIONS.some(
        ({ path, method }) => method === route.method && fits(path, route.url),
      );
      const isExcluded = EXCLUDED_ROUTES.some((rule) => isExcludedBy(route, rule));
      assert.equal(isDescribed, !isExcluded, `${route.method} ${route.url}`);
    }
    for (const rule of EXCLUDED_ROUTES) {
      const isUsed = rule.method === 'OPTIONS' || routes.some((route) => isExcludedBy(route, rule));
      assert.ok(isUsed, `${rule.method} ${rule.url} is excluded and does not exist`);
    }
  });

  test('every operation is a route', async () => {
    const routes = await routesOf();
    for (const { path, method } of OPERATIONS)
      assert.ok(
        routes.some((route) => route.method === method && fits(path, route.url)),
        `${method} ${path}`,
      );
  });

  test('it is served as it is', async () => {
    const { status, headers, body } = await server.anonymous.get('/openapi.json');
    assert.equal(status, 200);
    assert.deepEqual(body, JSON.parse(readFileSync(API_DOCUMENT_FILE, 'utf8')));
    const again = await fetch(`${server.url}/openapi.json`, {
      headers: { 'if-none-match': headers.get('etag')! },
    });
    assert.equal(again.status, 304);
  });

  /** An answer has a status that the operation names, and a body that fits its schema. */
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: FORMATS });
  ajv.addSchema({ $id: 'document', components: DOCUMENT.components });
  function assertDescribed(operationId: string, { status, body }: Answer): void {
    const { operation } = OPERATIONS.find((each) => each.operation.operationId === operationId)!;
    const response = operation.responses[String(status)];
    assert.ok(response !== undefined, `${operationId} answered ${status}: ${JSON.stringify(body)}`);
    const schema = response.content?.['application/json']?.schema;
    if (schema === undefined) return;
    const text = JSON.stringify(schema).replaceAll('#/components', 'document#/components');
    const validate = ajv.compile(JSON.parse(text));
    assert.ok(validate(body), `${operationId}: ${JSON.stringify(validate.errors)} ${JSON.stringify(body)}`);
  }

  test('WaveSpeed’s answers are as it says', async () => {
    const { client } = server.customer;
    const image = await makePictureUri();
    const path = '/api/v3/bytedance/seedance-2.0/image-to-video';
    const submit = 'submit_wavespeed_bytedance_seedance_2_0_image_to_video';
    const submitted = await client.post(path, { image, prompt: 'wind', enable_sync_mode: true });
    assertDescribed(submit, submitted);
    assertDescribed(submit, await client.post(path, { prompt: 'wind', duration: 99 }));
    assertDescribed(submit, await server.anonymous.post(path, { image, prompt: 'wind' }));
    const { id } = submitted.body.data;
    assertDescribed('getResult', await client.get(`/api/v3/predictions/${id}/result`));
    assertDescribed('getPrediction', await client.get('/api/v3/predictions/nothing'));
    assertDescribed('cancelPrediction', await client.delete(`/api/v3/predictions/${id}`));
    assertDescribed('searchPredictions', await client.post('/api/v3/predictions', { include_inputs: true }));
    assertDescribed('listPredictions', await client.get('/api/v3/predictions?page=0'));
    assertDescribed('listModels', await client.get('/api/v3/models'));
    const quote = { model_id: 'bytedance/seedance-2.0/image-to-video', inputs: null };
    assertDescribed('quotePrice', await client.post('/api/v3/model/price', quote));
    assertDescribed('quotePrice', await client.post('/api/v3/model/price', {}));
    const center = '/center/default/api/v1/model_product';
    assertDescribed('countModelTypes', await server.anonymous.get(`${center}/type_statistics`));
    assertDescribed('searchModels', await server.anonymous.get(`${center}/search`));
    assertDescribed('getModel', await server.anonymous.get(`${center}/detail/${quote.model_id}`));
    assertDescribed('getModel', await server.anonymous.get(`${center}/detail/nothing`));
    assertDescribed('getBalance', await client.get('/api/v3/balance'));
    assertDescribed('getAccountBalance', await client.get('/api/v3/account/balance'));
    assertDescribed('searchBillings', await client.post('/api/v3/billings/search', {}));
    assertDescribed('listBillings', await client.get('/api/v3/account/billings?billing_type=oops'));
    assertDescribed('searchUsage', await client.post('/api/v3/user/usage_stats', {}));
    assertDescribed('listUsage', await client.get('/api/v3/account/usage'));
    assertDescribed('getWebhookSecret', await client.get('/api/v3/webhook/secret'));
    const file = { filename: 'cat.png', size: 3 };
    assertDescribed('createUpload', await client.post('/api/v3/media/uploads', file));
    assertDescribed('createUpload', await client.post('/api/v3/media/uploads', { filename: 'x' }));
    const form = new FormData();
    form.append('file', new Blob([Buffer.from(await makePicture())]), 'cat.png');
    assertDescribed('uploadFile', await client.post('/api/v3/media/upload/binary', form));
    assertDescribed('deletePredictions', await client.post('/api/v3/predictions/delete', { ids: [id] }));
  });

  test('fal’s answers are as it says', async () => {
    const { falClient } = server.customer;
    const image_url = await makePictureUri();
    const app = 'bytedance/seedance-2.0/image-to-video';
    const submit = 'submit_fal_bytedance_seedance_2_0_image_to_video';
    const input = { image_url, prompt: 'wind' };
    const submitted = await falClient.post(`/fal/queue/${app}`, input);
    assertDescribed(submit, submitted);
    assertDescribed(submit, await falClient.post(`/fal/queue/${app}`, { prompt: 'wind', duration: '99' }));
    assertDescribed(submit, await server.anonymous.post(`/fal/queue/${app}`, input));
    const request = `/fal/queue/bytedance/seedance-2.0/requests/${submitted.body.request_id}`;
    assertDescribed('getRequestStatus', await falClient.get(`${request}/status`));
    await server.untilEnded(submitted.body.request_id);
    assertDescribed('getRequestStatus', await falClient.get(`${request}/status?logs=1`));
    assertDescribed('getRequestResult', await falClient.get(request));
    assertDescribed('cancelRequest', await falClient.put(`${request}/cancel`));
    assertDescribed('getRequestResult', await falClient.get(`${request}0`));
    const broken = { ...input, prompt: 'broken' };
    const run = 'run_fal_bytedance_seedance_2_0_image_to_video';
    assertDescribed(run, await falClient.post(`/fal/run/${app}`, broken));
    assertDescribed(run, await falClient.post(`/fal/run/${app}`, input));
    const file = { file_name: 'cat.png', content_type: 'image/png' };
    const initiate = '/fal/rest/storage/upload/initiate';
    assertDescribed('initiateUpload', await falClient.post(initiate, file));
    assertDescribed('initiateMultipartUpload', await falClient.post(`${initiate}-multipart`, file));
    assertDescribed('createUploadToken', await falClient.post('/fal/rest/storage/auth/token', {}));
    assertDescribed('createAppToken', await falClient.post('/fal/rest/tokens', { allowed_apps: ['x'] }));
    assertDescribed('createAppToken', await falClient.post('/fal/rest/tokens', {}));
    assertDescribed('uploadToCdn', await falClient.post('/fal/cdn/files/upload', await makePicture()));
    assertDescribed('getWebhookKeys', await server.anonymous.get('/fal/rest/.well-known/jwks.json'));
  });

  test('the other answers are as it says', async () => {
    const admin = (await server.openCustomer({ role: 'admin', credit: '5' })).client;
    const { client } = server.customer;
    assertDescribed('getHealth', await server.anonymous.get('/healthz'));
    assertDescribed('getReadiness', await server.anonymous.get('/readyz'));
    assertDescribed('getFile', await server.anonymous.get('/files/0/x.mp4'));
    const ticket = (await client.post('/api/v3/media/uploads', { filename: 'cat.png', size: 3 })).body.data;
    const address = new URL(ticket.upload.url);
    const upload = { body: await makePicture() };
    assertDescribed(
      'putFile',
      await server.anonymous.put(address.pathname + address.search, upload as never),
    );
    assertDescribed('putFile', await server.anonymous.put(address.pathname, upload as never));
    assertDescribed('whoami', await client.get('/admin/whoami'));
    const [task] = await server.ports.tasks.list(server.customer.accountId, 1);
    assertDescribed('getTask', await client.get(`/admin/tasks/${task!.id}`));
    assertDescribed('getTaskWebhook', await client.get(`/admin/tasks/${task!.id}/webhook`));
    assertDescribed('listAccounts', await client.get('/admin/accounts'));
    const accounts = await admin.get('/admin/accounts');
    assertDescribed('listAccounts', accounts);
    assertDescribed('createAccount', await admin.post('/admin/accounts', { name: 'new', credit: '1' }));
    assertDescribed('createAccount', await admin.post('/admin/accounts', { name: '' }));
    const { id } = accounts.body.accounts[0];
    assertDescribed('getBalanceOf', await admin.get(`/admin/accounts/${id}/balance`));
    assertDescribed('grantCredit', await admin.post(`/admin/accounts/${id}/credit`, { amount: '1' }));
    assertDescribed('listKeys', await admin.get('/admin/keys'));
    const key = await admin.post('/admin/keys', { name: 'second' });
    assertDescribed('createKey', key);
    assertDescribed('createKey', await admin.post('/admin/keys', { name: 'third', key: 'short' }));
    assertDescribed('revokeKey', await admin.delete(`/admin/keys/${key.body.apiKey.id}`));
    assertDescribed('verifyLedger', await admin.get('/admin/ledger/verify'));
  });

  test('the playground’s answers are as it says', async () => {
    const admin = (await server.openCustomer({ role: 'admin', credit: '5' })).client;
    const { client } = server.customer;
    const image = await makePictureUri();
    const input = { image, prompt: 'wind' };
    const hook = '?webhook=https%3A%2F%2Freceiver.example%2Fhook';
    const submitted = await client.post(`/api/v3/bytedance/seedance-2.0/image-to-video${hook}`, input);
    const { id } = submitted.body.data;
    await server.untilEnded(id);
    const model = { protocol: 'wavespeed', id: 'bytedance/seedance-2.0/image-to-video' };
    assertDescribed('getCatalogue', await server.anonymous.get('/catalogue'));
    assertDescribed('checkRequest', await client.post('/catalogue/quote', { ...model, input }));
    assertDescribed(
      'checkRequest',
      await client.post('/catalogue/quote', { ...model, input: { duration: 1 } }),
    );
    assertDescribed('readPrompt', await client.post('/catalogue/read-prompt', { ...model, prompt: 'rain' }));
    assertDescribed('getSession', await server.anonymous.get('/session'));
    assertDescribed('signIn', await server.anonymous.post('/session', { key: server.customer.key }));
    assertDescribed('signIn', await server.anonymous.post('/session', {}));
    assertDescribed('signOut', await server.anonymous.delete('/session'));
    assertDescribed('createTicket', await client.post('/session/tickets', {}));
    assertDescribed('getOwnAccount', await client.get('/account'));
    assertDescribed('listRuns', await client.get('/account/runs?limit=2'));
    assertDescribed('listRuns', await client.get('/account/runs?state=x'));
    assertDescribed('getRun', await client.get(`/account/runs/${id}`));
    assertDescribed('getRun', await client.get('/account/runs/nothing'));
    assertDescribed('cancelRun', await client.post(`/account/runs/${id}/cancel`));
    assertDescribed('listOwnKeys', await client.get('/account/keys'));
    const key = await client.post('/account/keys', { name: 'own' });
    assertDescribed('createOwnKey', key);
    assertDescribed('createOwnKey', await client.post('/account/keys', { name: 'own', role: 'admin' }));
    assertDescribed('revokeOwnKey', await client.delete(`/account/keys/${key.body.apiKey.id}`));
    assertDescribed('listMovements', await client.get('/account/movements'));
    assertDescribed('getUsage', await client.get('/account/usage?by=endpoint'));
    assertDescribed('getUsage', await client.get('/account/usage'));
    assertDescribed('listDeliveries', await client.get('/account/webhooks'));
    assertDescribed('resendDelivery', await client.post(`/account/webhooks/${id}/resend`));
    assertDescribed('getPoster', await server.anonymous.get('/files/0/x.mp4/poster.webp'));
    assertDescribed('listEngines', await admin.get('/admin/engines'));
    assertDescribed('getQueueDepth', await admin.get('/admin/queue'));
    assertDescribed('deleteRun', await client.delete(`/account/runs/${id}`));
  });
});
