/**
 * How each public client is pointed at a server of this program: the exact lines, to paste. Everything that is known about a client's
 * settings is here; the tests run what can be run.
 */
import { isIP } from 'node:net';
import { endpointsOf } from '#catalogue/index.ts';
import { VIRTUAL_HOSTS } from '#protocols/http/virtual-hosts.ts';

/** Where the server is, as its clients see it. */
export interface ServerAddress {
  /** Origin without a slash at the end. */
  readonly url: string;
  /** URL of a picture to try it with. */
  readonly pictureUrl: string;
  /** Where the authority of the development certificate lies, or will once it is made. */
  readonly authorityPath: string;
  /** Clients reach the server over that certificate. */
  readonly needsTrust: boolean;
}

export interface GuideStep {
  /** What the lines are for. */
  readonly text: string;
  readonly language: 'shell' | 'javascript' | 'python' | 'json' | 'text';
  readonly lines: readonly string[];
}

export interface ClientGuide {
  /** As the command line takes it. */
  readonly name: string;
  readonly title: string;
  readonly steps: (server: ServerAddress) => readonly GuideStep[];
}

/** Stands where the API key belongs. */
export const KEY_PLACEHOLDER = 'YOUR_KEY';

const WAVESPEED_ID = endpointsOf('wavespeed')[0]!.id;
const FAL_ID = endpointsOf('fal')[0]!.id;
const PROMPT = 'slow push in';

const curl: ClientGuide = {
  name: 'curl',
  title: 'curl, or any program that speaks HTTP',
  steps: ({ url, pictureUrl, authorityPath, needsTrust }) => {
    const command = needsTrust ? `curl -s --cacert "${authorityPath}"` : 'curl -s';
    const post = (path: string, scheme: string, body: object) => [
      `${command} ${url}${path} \\`,
      `  -H "Authorization: ${scheme} ${KEY_PLACEHOLDER}" -H "Content-Type: application/json" \\`,
      `  -d '${JSON.stringify(body)}'`,
    ];
    return [
      {
        text: "WaveSpeed's API, answered when the clip is ready:",
        language: 'shell',
        lines: post(`/api/v3/${WAVESPEED_ID}`, 'Bearer', {
          image: pictureUrl,
          prompt: PROMPT,
          enable_sync_mode: true,
        }),
      },
      {
        text: "fal's queue; status and result are at the URLs in the answer:",
        language: 'shell',
        lines: post(`/fal/queue/${FAL_ID}`, 'Key', { prompt: PROMPT, image_url: pictureUrl }),
      },
    ];
  },
};

const wavespeedJs: ClientGuide = {
  name: 'wavespeed-js',
  title: 'wavespeed for JavaScript (npm), 0.2 and newer',
  steps: (server) => [
    ...trustInNode(server),
    {
      text: 'The base URL is a setting of the client:',
      language: 'javascript',
      lines: [
        "import { Client } from 'wavespeed';",
        '',
        `const client = new Client('${KEY_PLACEHOLDER}', { baseUrl: '${server.url}' });`,
        `const { outputs } = await client.run('${WAVESPEED_ID}', { image: '${server.pictureUrl}', prompt: '${PROMPT}' });`,
        'console.log(outputs[0]);',
      ],
    },
  ],
};

const wavespeedPython: ClientGuide = {
  name: 'wavespeed-python',
  title: 'wavespeed for Python (pip)',
  steps: (server) => [
    ...trustInPython(server),
    {
      text: 'The base URL is a setting of the client:',
      language: 'python',
      lines: [
        'from wavespeed import Client',
        '',
        `client = Client(api_key="${KEY_PLACEHOLDER}", base_url="${server.url}")`,
        `output = client.run("${WAVESPEED_ID}", {"image": "${server.pictureUrl}", "prompt": "${PROMPT}"})`,
        'print(output["outputs"][0])',
      ],
    },
  ],
};

const wavespeedCli: ClientGuide = {
  name: 'wavespeed-cli',
  title: "WaveSpeed's command line (@wavespeed/cli)",
  steps: (server) => [
    ...trustInNode(server),
    {
      text: 'Once; address and key are kept in its configuration file:',
      language: 'shell',
      lines: [
        `wavespeed config --base-url ${server.url}`,
        `wavespeed login --api-key ${KEY_PLACEHOLDER}`,
        `wavespeed run ${WAVESPEED_ID} -p "${PROMPT}" -i image=${server.pictureUrl}`,
      ],
    },
    {
      text: 'From 0.4 on the environment does as well:',
      language: 'shell',
      lines: [`export WAVESPEED_BASE_URL=${server.url} WAVESPEED_API_KEY=${KEY_PLACEHOLDER}`],
    },
  ],
};

const wavespeedMcp: ClientGuide = {
  name: 'wavespeed-mcp',
  title: "WaveSpeed's MCP server (@wavespeed/mcp), for assistants",
  steps: ({ url, authorityPath, needsTrust }) => {
    const environment = {
      WAVESPEED_BASE_URL: url,
      WAVESPEED_API_KEY: KEY_PLACEHOLDER,
      ...(needsTrust ? { NODE_EXTRA_CA_CERTS: authorityPath } : {}),
    };
    const wavespeed = { command: 'npx', args: ['-y', '@wavespeed/mcp'], env: environment };
    return [
      {
        text: "In the assistant's list of MCP servers:",
        language: 'json',
        lines: JSON.stringify({ mcpServers: { wavespeed } }, null, 2).split('\n'),
      },
    ];
  },
};

const falJs: ClientGuide = {
  name: 'fal-js',
  title: '@fal-ai/client for JavaScript, 1.10 and newer; in browsers, older ones too',
  steps: (server) => [
    ...trustInNode(server),
    {
      text: 'Its hosts are built in; proxyUrl sends every call here, and the server answers that path itself:',
      language: 'javascript',
      lines: [
        "import { createFalClient } from '@fal-ai/client';",
        '',
        'const fal = createFalClient({',
        `  credentials: '${KEY_PLACEHOLDER}',`,
        `  proxyUrl: { url: '${server.url}/fal/proxy', when: 'always' },`,
        '});',
        `const { data } = await fal.subscribe('${FAL_ID}', {`,
        `  input: { prompt: '${PROMPT}', image_url: '${server.pictureUrl}' },`,
        '});',
        'console.log(data.video.url);',
      ],
    },
  ],
};

const falPython: ClientGuide = {
  name: 'fal-python',
  title: 'fal-client for Python (pip), 0.11 and newer',
  steps: (server) => {
    const { host } = new URL(server.url);
    return [
      ...(server.url.startsWith('https:')
        ? []
        : [note('It speaks HTTPS only: start the server with --tls, then ask for these lines again.')]),
      ...trustInPython(server),
      {
        text: 'Before the program starts:',
        language: 'shell',
        lines: [
          `export FAL_KEY=${KEY_PLACEHOLDER}`,
          `export FAL_RUN_HOST=${host}/fal/run FAL_QUEUE_RUN_HOST=${host}/fal/queue`,
        ],
      },
      {
        text: 'In the program, for uploads, before a client is made:',
        language: 'python',
        lines: [
          'import fal_client',
          '',
          `fal_client.client.REST_URL = "https://${host}/fal/rest"`,
          `fal_client.client.CDN_URL = "https://${host}/fal/cdn"`,
          `result = fal_client.subscribe("${FAL_ID}", {"prompt": "${PROMPT}", "image_url": "${server.pictureUrl}"})`,
          'print(result["video"]["url"])',
        ],
      },
    ];
  },
};

const falServerProxy: ClientGuide = {
  name: 'fal-server-proxy',
  title: "@fal-ai/server-proxy, fal's proxy in your own web application",
  steps: (server) => [
    {
      text: 'In the page; the proxy calls whatever address the client names:',
      language: 'javascript',
      lines: [
        "import { createFalClient } from '@fal-ai/client';",
        '',
        "const PLACES = { 'fal.run': '/fal/run', 'queue.fal.run': '/fal/queue', 'rest.fal.ai': '/fal/rest' };",
        'const fal = createFalClient({',
        "  proxyUrl: '/api/fal/proxy',",
        '  requestMiddleware: async (request) => {',
        '    const { host, pathname, search } = new URL(request.url);',
        `    return { ...request, url: '${server.url}' + PLACES[host] + pathname + search };`,
        '  },',
        '});',
      ],
    },
    {
      text: 'In the application, shown for Next.js; the other adapters take the same options:',
      language: 'javascript',
      lines: [
        "import { createRouteHandler } from '@fal-ai/server-proxy/nextjs';",
        '',
        'export const { GET, POST, PUT } = createRouteHandler({',
        `  allowedUrlPatterns: ['${new URL(server.url).host}/**'],`,
        '});',
      ],
    },
    {
      text: 'In its environment:',
      language: 'shell',
      lines: [
        `export FAL_KEY=${KEY_PLACEHOLDER}`,
        ...(server.needsTrust ? [`export NODE_EXTRA_CA_CERTS="${server.authorityPath}"`] : []),
      ],
    },
  ],
};

const aiSdk: ClientGuide = {
  name: 'ai-sdk',
  title: 'the AI SDK with @ai-sdk/fal',
  steps: (server) => [
    ...trustInNode(server),
    {
      text: "The queue's host is built in, so fetch sends its calls here; a download of your own reaches this machine, which the SDK's refuses:",
      language: 'javascript',
      lines: [
        "import { createFal } from '@ai-sdk/fal';",
        "import { experimental_generateVideo as generateVideo } from 'ai';",
        '',
        'const fal = createFal({',
        `  apiKey: '${KEY_PLACEHOLDER}',`,
        '  fetch: (url, init) => {',
        '    const headers = new Headers(init?.headers);',
        "    headers.set('x-fal-target-url', String(url));",
        `    return fetch('${server.url}/fal/proxy', { ...init, headers });`,
        '  },',
        '});',
        'const { video } = await generateVideo({',
        `  model: fal.video('${FAL_ID}'),`,
        `  prompt: { image: '${server.pictureUrl}', text: '${PROMPT}' },`,
        '  poll: { intervalMs: 1000 },',
        '  download: async ({ url }) => ({',
        '    data: new Uint8Array(await (await fetch(url)).arrayBuffer()),',
        "    mediaType: 'video/mp4',",
        '  }),',
        '});',
        'console.log(video.uint8Array.length);',
      ],
    },
  ],
};

const n8n: ClientGuide = {
  name: 'n8n',
  title: "WaveSpeed's node for n8n",
  steps: (server) => [
    ...interception(server, ['api.wavespeed.ai']),
    {
      text: 'In the environment that n8n is started in:',
      language: 'shell',
      lines: [`export NODE_EXTRA_CA_CERTS="${server.authorityPath}"`],
    },
    note(`Then paste ${KEY_PLACEHOLDER} into the node's credential; its test asks this server.`),
  ],
};

const comfyUi: ClientGuide = {
  name: 'comfyui',
  title: "WaveSpeed's nodes for ComfyUI",
  steps: (server) => [
    ...interception(server, ['api.wavespeed.ai', 'wavespeed.ai']),
    {
      text: 'In the environment that ComfyUI is started in:',
      language: 'shell',
      lines: pythonTrustLines(server),
    },
    {
      text: "In the nodes' config.ini up to 1.5, or in the client node's field:",
      language: 'text',
      lines: ['[API]', `wavespeed_api_key = ${KEY_PLACEHOLDER}`],
    },
  ],
};

/** In the order in which they are listed. */
export const CLIENT_GUIDES: readonly ClientGuide[] = [
  curl,
  wavespeedJs,
  wavespeedPython,
  wavespeedCli,
  wavespeedMcp,
  falJs,
  falPython,
  falServerProxy,
  aiSdk,
  n8n,
  comfyUi,
];

const note = (text: string): GuideStep => ({ text, language: 'text', lines: [] });

const trustInNode = ({ needsTrust, authorityPath }: ServerAddress): readonly GuideStep[] =>
  needsTrust
    ? [
        {
          text: 'Node trusts the development certificate by its environment:',
          language: 'shell',
          lines: [`export NODE_EXTRA_CA_CERTS="${authorityPath}"`],
        },
      ]
    : [];

const trustInPython = (server: ServerAddress): readonly GuideStep[] =>
  server.needsTrust
    ? [
        {
          text: 'Python trusts the development certificate by its environment, and then no other authority:',
          language: 'shell',
          lines: pythonTrustLines(server),
        },
      ]
    : [];

/** One for programs on httpx, one for those on requests. */
const pythonTrustLines = ({ authorityPath }: ServerAddress): readonly string[] => [
  `export SSL_CERT_FILE="${authorityPath}" REQUESTS_CA_BUNDLE="${authorityPath}"`,
];

/** For clients whose hosts cannot be set: the names lead here, on the port that they expect. */
function interception(server: ServerAddress, hosts: readonly string[]): readonly GuideStep[] {
  const unknown = hosts.filter((host) => !VIRTUAL_HOSTS.has(host));
  if (unknown.length > 0) throw new RangeError(`${unknown} is not served.`);
  const { hostname } = new URL(server.url);
  const literal = hostname.replace(/^\[|\]$/g, '');
  const address =
    hostname === 'localhost' ? '127.0.0.1' : isIP(literal) === 0 ? `<address of ${hostname}>` : literal;
  return [
    {
      text: 'Its host is built in. The server has to be on the port of HTTPS, which only the administrator may open:',
      language: 'shell',
      lines: ['ANIMATIC_PORT=443 npm run animatic -- serve --tls'],
    },
    {
      text: 'In /etc/hosts of the machine that the client runs on:',
      language: 'text',
      lines: [`${address} ${hosts.join(' ')}`],
    },
  ];
}
