#!/usr/bin/env node
// Writes .ci/module-facts.json: the directives and variables of third-party modules that nginx-directives.json has not got, read
// off the C source of the modules. Only facts are taken: names, contexts, numbers of arguments.
//
//   node .ci/read-module-facts.mjs <nginx-directives.json> <folder>    <folder>/<owner>/<name> is a checkout of the module
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the modules come from, and what to call one whose source does not show it. */
const ORIGINS = [
  { origin: 'phusion/passenger', module: 'ngx_http_passenger_module', folder: 'src/nginx_module' },
  { origin: 'apache/incubator-pagespeed-ngx', module: 'ngx_pagespeed', folder: 'src' },
  { origin: 'kaltura/nginx-vod-module' },
  { origin: 'kaltura/nginx-secure-token-module' },
  { origin: 'opentracing-contrib/nginx-opentracing', module: 'ngx_http_opentracing_module', folder: 'opentracing' },
  { origin: 'DataDog/nginx-datadog', module: 'ngx_http_datadog_module', folder: 'src' },
  { origin: 'atomx/nginx-http-auth-digest', module: 'ngx_http_auth_digest_module' },
  { origin: 'stnoonan/spnego-http-auth-nginx-module' },
  { origin: 'nginx-shib/nginx-http-shibboleth' },
  { origin: 'TeslaGov/ngx-http-auth-jwt-module' },
  { origin: 'max-lt/nginx-jwt-module' },
  { origin: 'anomalizer/ngx_aws_auth' },
  { origin: 'wandenberg/nginx-push-stream-module', module: 'ngx_http_push_stream_module' },
  { origin: 'winshining/nginx-http-flv-module' },
  { origin: 'arut/nginx-ts-module' },
  { origin: 'kyprizel/testcookie-nginx-module' },
  { origin: 'corazawaf/coraza-nginx' },
  { origin: 'GetPageSpeed/ngx_security_headers' },
  { origin: 'GetPageSpeed/ngx_immutable' },
  { origin: 'dvershinin/ngx_dynamic_etag' },
  { origin: 'chobits/ngx_http_proxy_connect_module' },
  { origin: 'weibocom/nginx-upsync-module' },
  { origin: 'yzprofile/ngx_http_dyups_module' },
  { origin: 'nicholaschiasson/ngx_upstream_jdomain' },
  { origin: 'yaoweibin/nginx_ajp_module', module: 'ngx_http_ajp_module' },
  { origin: 'vozlt/nginx-module-sts' },
  { origin: 'vozlt/nginx-module-sysguard' },
  { origin: 'zebrafishlabs/nginx-statsd' },
  { origin: 'matsumotory/ngx_mruby', module: 'ngx_http_mruby_module', folder: 'src' },
  { origin: 'openresty/drizzle-nginx-module', module: 'ngx_http_drizzle_module' },
  { origin: 'openresty/rds-json-nginx-module' },
  { origin: 'openresty/replace-filter-nginx-module' },
  { origin: 'openresty/xss-nginx-module' },
  { origin: 'calio/form-input-nginx-module' },
  { origin: 'calio/iconv-nginx-module' },
  { origin: 'FRiCKLE/ngx_postgres', module: 'ngx_postgres_module' },
  { origin: 'FRiCKLE/ngx_slowfs_cache' },
  { origin: 'bpaquet/ngx_http_enhanced_memcached_module' },
  { origin: 'cubicdaiya/ngx_small_light' },
  { origin: 'alibaba/nginx-http-concat' },
  { origin: 'alibaba/nginx-http-footer-filter' },
  { origin: 'taoyuanyuan/ngx_http_trim_filter_module' },
  { origin: 'nginx-modules/ngx_http_limit_traffic_ratefilter_module' },
  { origin: 'masonicboom/ipscrub' },
  { origin: 'alibaba/tengine', module: 'Tengine' },
  { origin: 'webserver-llc/angie', module: 'Angie', folder: 'src' },
]

/** ngx_conf_file.h, ngx_http_config.h, ngx_stream_config.h, ngx_mail_config.h; the last one of nginx-rtmp-module's ngx_rtmp.h. */
const CONTEXTS = {
  NGX_MAIN_CONF: ['main'],
  NGX_ANY_CONF: ['any'],
  NGX_EVENT_CONF: ['events'],
  NGX_HTTP_MAIN_CONF: ['http'],
  NGX_HTTP_SRV_CONF: ['server'],
  NGX_HTTP_LOC_CONF: ['location'],
  NGX_HTTP_UPS_CONF: ['upstream'],
  NGX_HTTP_SIF_CONF: ['if in server'],
  NGX_HTTP_LIF_CONF: ['if in location'],
  NGX_HTTP_LMT_CONF: ['limit_except'],
  NGX_STREAM_MAIN_CONF: ['stream'],
  NGX_STREAM_SRV_CONF: ['stream server'],
  NGX_STREAM_UPS_CONF: ['stream upstream'],
  NGX_MAIL_MAIN_CONF: ['mail'],
  NGX_MAIL_SRV_CONF: ['mail server'],
  NGX_RTMP_MAIN_CONF: ['rtmp'],
  NGX_RTMP_SRV_CONF: ['rtmp server'],
  NGX_RTMP_APP_CONF: ['rtmp application'],
  NGX_RTMP_REC_CONF: ['rtmp recorder'],
}

const ANY_LEVEL = 'NGX_HTTP_MAIN_CONF | NGX_HTTP_SRV_CONF | NGX_HTTP_LOC_CONF'

/** Of `NGX_CONF_…`: how many arguments it takes. */
const OPEN_ENDED = { NGX_CONF_ANY: 0, NGX_CONF_1MORE: 1, NGX_CONF_2MORE: 2 }
const countsOf = (flag) =>
  flag === 'NGX_CONF_NOARGS' ? [0] : [...(/^NGX_CONF_TAKE(\d+)$/.exec(flag)?.[1] ?? '')].map(Number)

/** A command: its name, and its flags up to the comma; some are made by a macro that takes an alias first. */
const COMMAND = /"(\w+)"\s*\)?\s*,\s*(?:"\w+"\s*,\s*)?([A-Za-z_][\w|\s]*),/g
/** Variables are rows of an array, or strings that are added one by one. */
const VARIABLE_ARRAY = /ngx_(http|stream)_\w*variable_t\s+\w+\s*\[\s*\]\s*=\s*\{(.*?)\n\s*\}\s*;/gs
const VARIABLE_ROW = /ngx_string\(\s*"(\w+)"\s*\)\s*,\s*(\w+)\s*,[^{}]*?\}/g
const ADDED_VARIABLE = /ngx_(http|stream)_add_variable\(cf, &(\w+),/g

/** What no C source shows: the modules are closed, or put the names together as they run. */
const DOCUMENTED = {
  'F5 NGINX App Protect DoS': {
    module: 'ngx_http_app_protect_dos_module',
    // https://docs.nginx.com/nginx-app-protect-dos/directives-and-policy/learn-about-directives-and-policy/
    directives: {
      app_protect_dos_enable: [ANY_LEVEL, 'FLAG'],
      app_protect_dos_policy_file: [ANY_LEVEL, 'TAKE1'],
      app_protect_dos_name: [ANY_LEVEL, 'TAKE1'],
      app_protect_dos_monitor: [ANY_LEVEL, 'TAKE1234'],
      app_protect_dos_security_log_enable: [ANY_LEVEL, 'FLAG'],
      app_protect_dos_security_log: [ANY_LEVEL, 'TAKE2'],
      app_protect_dos_liveness: ['NGX_HTTP_MAIN_CONF', 'TAKE123'],
      app_protect_dos_readiness: ['NGX_HTTP_MAIN_CONF', 'TAKE123'],
      app_protect_dos_arb_fqdn: ['NGX_HTTP_MAIN_CONF', 'TAKE1'],
      app_protect_dos_api: ['NGX_HTTP_LOC_CONF', 'NOARGS'],
      app_protect_dos_accelerated_mitigation: ['NGX_HTTP_MAIN_CONF', 'TAKE12'],
      app_protect_dos_access_file: [ANY_LEVEL, 'TAKE1'],
    },
    variables: [],
  },
  'opentracing-contrib/nginx-opentracing': {
    module: 'ngx_http_opentracing_module',
    directives: {},
    variables: ['opentracing_context_*', 'opentracing_binary_context'],
  },
  'DataDog/nginx-datadog': { module: 'ngx_http_datadog_module', directives: {}, variables: ['datadog_*'] },
}

const [tablePath, checkouts] = process.argv.slice(2)
if (checkouts === undefined) {
  console.error('usage: node .ci/read-module-facts.mjs <nginx-directives.json> <folder>')
  process.exit(2)
}
const known = JSON.parse(readFileSync(tablePath, 'utf8'))
const directives = {}
const variables = {}
for (const origin of ORIGINS) readModule(origin)
for (const [origin, documented] of Object.entries(DOCUMENTED)) addDocumented(origin, documented)

const sorted = (rows) => Object.fromEntries(Object.entries(rows).sort(([a], [b]) => (a < b ? -1 : 1)))
const lines = (rows) =>
  Object.entries(sorted(rows)).map(([name, row]) => `${JSON.stringify(name)}: ${JSON.stringify(row)}`)
const block = (name, rows) => `${JSON.stringify(name)}: {\n${lines(rows).join(',\n')}\n}`
writeFileSync(
  new URL('module-facts.json', import.meta.url),
  `{\n${block('directives', directives)},\n${block('variables', variables)}\n}\n`,
)
console.log(`${Object.keys(directives).length} directives, ${Object.keys(variables).length} variables`)

function readModule({ origin, module: given, folder = '' }) {
  const root = join(checkouts, origin, folder)
  if (!existsSync(root)) throw new Error(`no checkout of ${origin} in ${checkouts}`)
  const files = readdirSync(root, { recursive: true }).filter((file) => /\.(c|cc|cpp|h)$/.test(file))
  const texts = files.sort().map((file) => withoutComments(readFileSync(join(root, file), 'latin1')))
  const constants = new Map(texts.flatMap(constantsOf))
  const moduleOf = (text) => /^ngx_module_t\s+(\w+)\s*=/m.exec(text)?.[1]
  const first = texts.map(moduleOf).find((module) => module !== undefined)
  for (const text of texts) {
    const facts = { module: given ?? moduleOf(text) ?? first, thirdParty: true, origin }
    for (const [, name, flags] of text.matchAll(COMMAND)) addDirective(name, wordsOf(flags, constants), facts)
    for (const [, family, rows] of text.matchAll(VARIABLE_ARRAY))
      for (const [row, name, setter] of rows.matchAll(VARIABLE_ROW))
        addVariable(
          /VAR_PREFIX/.test(row) || name.endsWith('_') ? `${name}*` : name,
          { family, changeable: setter !== 'NULL' },
          facts,
        )
    for (const [, family, string] of text.matchAll(ADDED_VARIABLE)) {
      const name = new RegExp(`\\b${string}\\s*=\\s*ngx_string\\("(\\w+)"\\)`).exec(text)?.[1]
      if (name !== undefined) addVariable(name, { family }, facts)
    }
  }
}

function addDocumented(origin, { module, directives, variables }) {
  const facts = { module, thirdParty: true, origin }
  for (const [name, [levels, count]] of Object.entries(directives))
    addDirective(name, wordsOf(`${levels} | NGX_CONF_${count}`, new Map()), facts)
  for (const name of variables) addVariable(name, { family: 'http' }, facts)
}

function addDirective(name, flags, { module, ...facts }) {
  if (known.directives[name] !== undefined) return
  const contexts = flags.flatMap((flag) => CONTEXTS[flag] ?? [])
  // No command, or one of blocks that only the module knows: nobody can say where it stands.
  if (contexts.length === 0 || !flags.some((flag) => flag.startsWith('NGX_CONF_'))) return
  const block = flags.includes('NGX_CONF_BLOCK') && { block: true, content: 'unknown' }
  const entry = { module, contexts, args: argumentRange(flags), ...block, ...facts }
  directives[name] ??= []
  const entries = directives[name]
  const same = entries.find((other) => JSON.stringify(other.args) === JSON.stringify(entry.args))
  if (same === undefined) entries.push(entry)
  else same.contexts = [...new Set([...same.contexts, ...contexts])]
}

function addVariable(name, { family, changeable }, { module, ...facts }) {
  if (known.variables[name] === undefined)
    variables[name] ??= [{ module, family, ...(changeable && { changeable }), ...facts }]
}

function argumentRange(words) {
  if (words.includes('NGX_CONF_FLAG')) return { min: 1, max: 1, flag: true }
  const open = words.flatMap((word) => OPEN_ENDED[word] ?? [])
  const counts = [...new Set(words.flatMap(countsOf))].sort((a, b) => a - b)
  const min = Math.min(...open, ...counts)
  if (open.length > 0) return { min, max: null }
  const max = counts.at(-1)
  return counts.length === max - min + 1 ? { min, max } : { min, max, counts }
}

/** The flags of an expression, with constants of the module's own taken apart. */
function wordsOf(flags, constants, depth = 0) {
  const words = flags.split('|').map((word) => word.trim())
  return words.flatMap((word) =>
    constants.has(word) && depth < 5 ? wordsOf(constants.get(word), constants, depth + 1) : word,
  )
}

function constantsOf(text) {
  const defined = [
    ...text.matchAll(
      /^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+\(?((?:[\w| \t]|\\\n)*NGX_(?:\w*_)?CONF\w*(?:[\w| \t]|\\\n)*)\)?$/gm,
    ),
  ]
  const constant = [...text.matchAll(/constexpr\s+\w+\s+(\w+)\s*=\s*([\w|\s]+);/g)]
  return [...defined, ...constant].map(([, name, value]) => [name, value.replaceAll('\\\n', ' ')])
}

/** Strings stay, since `//` may stand in them. */
function withoutComments(text) {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|\/\*.*?\*\/|\/\/[^\n]*/gs, (part) => (part.startsWith('"') ? part : ' '))
}
