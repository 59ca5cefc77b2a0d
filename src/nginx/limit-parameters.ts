import {
  anyNumber,
  anyValue,
  milliseconds,
  offset,
  onOrOff,
  type ParameterCheck,
  type ParameterList,
  positive,
  seconds,
  zoneOf,
} from './parameters.ts'

const NO_WORDS: ReadonlySet<string> = new Set()

const rate: ParameterCheck = {
  wanted: 'a rate, such as 10r/s or 30r/m,',
  // ngx_atoi takes what stands before "r/s", or all of it.
  accepts: (value) => /^\d*[1-9]\d*(?:r\/[sm])?$/.test(value),
}

/** Levels of folders: up to three of one or two letters each (ngx_http_file_cache_set_slot). */
const levels: ParameterCheck = {
  wanted: 'up to three numbers, each 1 or 2, such as 1:2,',
  accepts: (value) => /^(?:[12](?::[12]){0,2})?$/.test(value),
}

const CACHE: ParameterList = {
  from: 1,
  words: NO_WORDS,
  settings: new Map([
    ['keys_zone', zoneOf(12)],
    ['levels', levels],
    ['inactive', seconds],
    ['max_size', offset],
    ['min_free', offset],
    ['use_temp_path', onOrOff],
    ...['loader', 'manager', 'purger'].flatMap((who): [string, ParameterCheck][] => [
      [`${who}_files`, anyNumber],
      [`${who}_sleep`, milliseconds],
      [`${who}_threshold`, milliseconds],
    ]),
    ['purger', onOrOff],
  ]),
  needed: { keys_zone: 'keys_zone=NAME:SIZE' },
  wanted: 'a folder, and then words such as "keys_zone=NAME:SIZE", "levels=1:2" and "max_size=10g"',
}

/** The parameters of directives for limits and caches. Commercial ones are taken. */
export const limitParameters: ReadonlyMap<string, ParameterList> = new Map<string, ParameterList>([
  [
    'limit_req',
    {
      from: 0,
      words: new Set(['nodelay']),
      settings: new Map([
        ['zone', anyValue],
        ['burst', positive],
        ['delay', positive],
      ]),
      needed: { zone: 'zone=NAME' },
      wanted: '"zone=NAME", and words such as "burst=5" and "nodelay"',
    },
  ],
  [
    'limit_req_zone',
    {
      from: 1,
      words: new Set(['sync']),
      settings: new Map([
        ['zone', zoneOf(32)],
        ['rate', rate],
      ]),
      needed: { zone: 'zone=NAME:SIZE' },
      wanted: 'a key, and then "zone=NAME:SIZE" and "rate=10r/s"',
    },
  ],
  [
    'limit_conn_zone',
    { from: 1, words: NO_WORDS, settings: new Map([['zone', zoneOf(32)]]), wanted: 'a key, and then "zone=NAME:SIZE"' },
  ],
  ...['fastcgi', 'proxy', 'scgi', 'uwsgi'].map((name): [string, ParameterList] => [`${name}_cache_path`, CACHE]),
])
