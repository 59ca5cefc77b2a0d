import { lintOptions, type OptionDefinition } from './lint-options.ts'

type Definitions = Readonly<Record<string, OptionDefinition>>

/** A command that has options of its own. */
export interface CommandDefinition {
  /** What follows the name of the command. */
  readonly usage: string
  readonly summary: string
  readonly options: Definitions
  /** What the exit codes mean. */
  readonly exit: string
  readonly examples: readonly string[]
}

function shared(...names: string[]): Definitions {
  return Object.fromEntries(names.map((name) => [name, lintOptions[name] as OptionDefinition]))
}

/** Which configuration, as `ngxlint` itself takes it. */
const CONFIGURATION = shared('nginx-version', 'prefix', 'path-map')
const HEADER: Definitions = {
  header: { alias: 'H', value: 'NAME:VALUE', describe: 'send it too, or instead; may be repeated' },
}

export const diagnoseCommands = {
  trace: {
    usage: 'URL [nginx.conf]',
    summary: 'Follow a handshake through a configuration: server, location, upstream request.',
    options: {
      ...HEADER,
      method: { alias: 'X', value: 'NAME', describe: 'ask by this method, not GET' },
      json: { describe: 'print JSON' },
      ...CONFIGURATION,
      ...shared('stdin-filename'),
      quiet: { describe: 'do not say which file is read' },
      ...shared('color'),
    },
    exit: '0 101 is to be expected, 1 it is not, 2 nobody can say, or could not work',
    examples: ['ngxlint trace wss://example.com/socket', 'nginx -T | ngxlint trace ws://localhost:8080/ws -'],
  },
  probe: {
    usage: 'URL',
    summary: 'Ask for a WebSocket, once, and read the answer: what it means, what to do.',
    options: {
      ...HEADER,
      origin: { value: 'ORIGIN', describe: 'the page that a browser would ask from' },
      subprotocol: { value: 'NAME', describe: 'ask for it; may be repeated' },
      resolve: { value: 'HOST:PORT:ADDR', describe: 'connect to ADDR for HOST:PORT, as curl does' },
      proxy: { value: 'URL', describe: 'a tunnel through it; --no-proxy: none (https_proxy, no_proxy)' },
      insecure: { alias: 'k', describe: 'take any certificate' },
      timeout: { value: 'SECONDS', describe: 'for all of it: 10 unless given, 60 at most' },
      compare: { value: 'URL', describe: 'ask this backend too, and say where it dies' },
      conf: { value: 'FILE', describe: 'trace it there too, and lay both side by side' },
      json: { describe: 'print JSON' },
      ...CONFIGURATION,
      ...shared('color'),
    },
    exit: '0 a WebSocket was opened (101), 1 it was not, 2 could not work',
    examples: [
      'ngxlint probe wss://example.com/socket --compare http://127.0.0.1:3000/socket',
      'ngxlint probe wss://example.com/ws --resolve example.com:443:127.0.0.1 -k',
    ],
  },
  snippet: {
    usage: '[PATH] [BACKEND]',
    summary: 'Print the map and the lines that every WebSocket location needs.',
    options: {
      install: { value: 'DIR', describe: 'write websocket-map.conf and websocket.inc (the lines) there' },
      ...shared('nginx-version', 'color'),
    },
    exit: '0 done, 2 could not work (a file is there already)',
    examples: ['ngxlint snippet /ws http://127.0.0.1:3000', 'ngxlint snippet --install /etc/nginx/conf.d'],
  },
} satisfies Readonly<Record<string, CommandDefinition>>

export type DiagnoseCommand = keyof typeof diagnoseCommands
