import type { Directive } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { isAtLeast, type TargetVersion } from '../nginx/version.ts'
import { type Files, holds, readCondition } from './condition.ts'
import { patternOf } from './pattern.ts'
import { GARBLED, type RequestState } from './request-state.ts'
import type { Scope } from './scope.ts'
import type { Step } from './step.ts'
import { escapeArguments, unescapeRedirect } from './uri.ts'

/** What the rewrite directives of a server or location made of a request. */
export type RewriteResult =
  /** It goes on, with the settings of this scope: that of the last `if` that held, in a location. */
  | { readonly kind: 'on'; readonly scope: Scope; readonly entered: readonly Scope[]; readonly isUriChanged: boolean }
  | ({ readonly kind: 'answer' } & Answer)
  | { readonly kind: 'unknown'; readonly because: Directive; readonly reason: string }

export interface Answer {
  readonly status: number
  readonly by: Directive
  /** The settings that are in force, whose `error_page` may replace the answer. */
  readonly scope: Scope
  /** The `Location` header of a redirect, where it is known. */
  readonly location?: string | undefined
  /** Whether it is a bare status, which `error_page` may answer in place of. */
  readonly isBare: boolean
}

/** Runs the rewrite directives of a block, in order: ngx_http_rewrite_handler and the codes of ngx_http_script.c. */
export function runRewrites(scope: Scope, state: RequestState, files: Files, steps: Step[]): RewriteResult {
  const run = new Run(scope, state, files, steps)
  const end = run.block(scope, scope.content)
  if (end?.kind === 'answer' || end?.kind === 'unknown') return end
  return { kind: 'on', scope: run.scope, entered: run.entered, isUriChanged: run.isUriChanged }
}

/** A block is through; undefined where it goes on with the next directive. */
type End = { readonly kind: 'end' } | Exclude<RewriteResult, { kind: 'on' }> | undefined

const END: End = { kind: 'end' }

class Run {
  scope: Scope
  readonly entered: Scope[] = []
  isUriChanged = false
  /** `e->quote`: captures of an escaped URI are escaped anew, up to the first `rewrite` that matches. */
  #quotes = true
  /** `e->is_args` */
  #isInArguments = false
  /** Before 1.31.0 that was never taken back, and escaping what comes later overran a buffer. */
  #wasInArguments = false

  constructor(
    scope: Scope,
    readonly state: RequestState,
    readonly files: Files,
    readonly steps: Step[],
  ) {
    this.scope = scope
  }

  block(scope: Scope, directives: readonly Directive[]): End {
    for (const directive of rewritingOf(directives)) {
      const end = this.#directive(directive, scope)
      if (this.state.isGarbled) return unknown(directive, GARBLED)
      if (end) return end
    }
    return undefined
  }

  #directive(directive: Directive, scope: Scope): End {
    switch (directive.name) {
      case 'set':
        return this.#set(directive)
      case 'if':
        return this.#if(directive, scope)
      case 'rewrite':
        return this.#rewrite(directive)
      case 'return':
        return this.#return(directive)
      case 'break':
        return this.#break(directive)
      default:
        return this.#other(directive)
    }
  }

  #set(directive: Directive): End {
    const name = (directive.argument(0) ?? '').slice(1)
    const value = this.#evaluate(directive.argument(1) ?? '')
    if (value === undefined && name.toLowerCase() === 'args') return unknown(directive, 'its value is not known')
    this.state.set(name, value)
    this.steps.push({ directive, text: `$${name} is ${value === undefined ? 'not known' : JSON.stringify(value)}` })
    return undefined
  }

  #if(directive: Directive, scope: Scope): End {
    const condition = readCondition(directive)
    const isMet = condition && holds(condition, this.state, this.files, (text) => this.#evaluate(text))
    if (isMet === undefined) return unknown(directive, 'whether its condition holds is not known')
    this.steps.push({ directive, text: isMet ? 'the condition holds' : 'the condition does not hold' })
    if (!isMet) return undefined
    const inner = this.state.model.scopeOf(directive)
    // In a server an `if` has no settings of its own (`if_code->loc_conf = NULL` in ngx_http_rewrite_if).
    if (inner && scope.kind !== 'server') {
      this.scope = inner
      this.entered.push(inner)
    }
    return this.block(inner ?? scope, directive.children ?? [])
  }

  /** ngx_http_script_break_code */
  #break(directive: Directive): End {
    if (this.isUriChanged) this.state.isLocationValid = false
    this.isUriChanged = false
    this.steps.push({ directive, text: 'no more rewriting here' })
    return END
  }

  /** ngx_http_rewrite_return, ngx_http_script_return_code */
  #return(directive: Directive): End {
    const first = directive.argument(0) ?? ''
    const isUrl = !/^\d+$/.test(first)
    const status = isUrl ? 302 : Number(first)
    const text = isUrl ? first : directive.argument(1)
    this.steps.push({ directive, text: `answers ${status}` })
    const isRedirect = REDIRECTS.has(status)
    const isBare = isRedirect || (status >= 400 && (text ?? '') === '')
    const location = isRedirect ? this.state.evaluate(text ?? '') : undefined
    return { kind: 'answer', status, by: directive, scope: this.scope, location, isBare }
  }

  #rewrite(directive: Directive): End {
    const rewrite = readRewrite(directive)
    const match = patternOf(rewrite.pattern, false).match(this.state.path)
    if (match === undefined) return unknown(directive, 'whether its regex matches is not known')
    if (match === null) {
      this.state.captures = []
      return undefined
    }
    this.state.capture(match)
    this.#quotes = rewrite.redirect !== undefined
    if (rewrite.redirect !== undefined) return this.#redirect(directive, rewrite)
    const { state } = this
    state.isInternal = true
    state.isUnparsedValid = false
    if (rewrite.flag === 'break') state.isLocationValid = false
    this.isUriChanged = rewrite.flag !== 'break'
    const replaced = this.#replace(rewrite)
    if (!replaced) return unknown(directive, 'what it rewrites the URI to is not known')
    Object.assign(state, replaced)
    this.steps.push({ directive, text: `rewrites the URI to ${state.path}${state.query && `?${state.query}`}` })
    if (state.path === '') return { kind: 'answer', status: 500, by: directive, scope: this.scope, isBare: true }
    return rewrite.flag === undefined ? undefined : END
  }

  /** ngx_http_script_regex_end_code */
  #replace({ replacement, keepsQuery }: Rewrite): { readonly path: string; readonly query: string } | undefined {
    const mark = replacement.indexOf('?')
    const path = this.#evaluate(mark === -1 ? replacement : replacement.slice(0, mark))
    if (path === undefined) return undefined
    const kept = keepsQuery ? this.state.query : ''
    if (mark === -1) return { path, query: kept }
    this.#isInArguments = true
    const query = this.#evaluate(replacement.slice(mark + 1))
    this.#isInArguments = false
    this.#wasInArguments = !isAtLeast(this.#version, '1.31.0')
    return query === undefined ? undefined : { path, query: kept === '' ? query : `${query}&${kept}` }
  }

  #redirect(directive: Directive, { redirect, replacement, keepsQuery }: Rewrite): End {
    const url = this.#evaluate(replacement)
    const query = keepsQuery ? this.state.query : ''
    const separator = replacement.includes('?') ? '&' : '?'
    const location = url === undefined ? undefined : unescapeRedirect(url) + (query && separator + query)
    const status = redirect as number
    this.steps.push({ directive, text: `answers ${status}` })
    return { kind: 'answer', status, by: directive, scope: this.scope, location, isBare: true }
  }

  /** Directives of other modules that set variables in between, or do anything at all. */
  #other(directive: Directive): End {
    const [name] = directive.arguments
    if (/^set_\w+$/.test(directive.name) && name?.value.startsWith('$')) this.state.set(name.value.slice(1), undefined)
    if (/^(?:server_)?rewrite_by_lua/.test(directive.name)) return unknown(directive, 'Lua may do anything')
    return undefined
  }

  #evaluate(text: string): string | undefined {
    return this.state.evaluate(text, (capture) => this.#adapt(capture))
  }

  /** ngx_http_script_copy_capture_code */
  #adapt(capture: string): string | undefined {
    const { isQuoted, hasPlus } = this.state.target
    if (!isQuoted && !hasPlus) return capture
    const escaped = escapeArguments(capture, this.#version)
    if (this.#quotes || this.#isInArguments) return escaped
    return this.#wasInArguments && escaped !== capture ? undefined : capture
  }

  get #version(): TargetVersion {
    return this.state.model.target
  }
}

/** The directives of a block that have a part in rewriting: a server may have thousands of locations beside them. */
const rewritingOf = memoize((content: readonly Directive[]) =>
  content.filter(({ name }) => REWRITING.has(name) || /^set_\w+$|^(?:server_)?rewrite_by_lua/.test(name)),
)

const REWRITING: ReadonlySet<string> = new Set(['set', 'if', 'rewrite', 'return', 'break'])

function unknown(because: Directive, reason: string): End {
  return { kind: 'unknown', because, reason }
}

/** The statuses whose text is a `Location` (ngx_http_send_response). */
export const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

interface Rewrite {
  readonly pattern: string
  readonly replacement: string
  /** Whether the arguments that the request had are added. */
  readonly keepsQuery: boolean
  readonly flag: string | undefined
  /** The status, where it answers by a redirect. */
  readonly redirect: 301 | 302 | undefined
}

/** ngx_http_rewrite */
function readRewrite(directive: Directive): Rewrite {
  const [pattern = '', written = '', flag] = directive.values
  const keepsQuery = !written.endsWith('?')
  const replacement = keepsQuery ? written : written.slice(0, -1)
  const isUrl = /^(?:https?:\/\/|\$scheme)/.test(replacement)
  const redirect = flag === 'permanent' ? 301 : isUrl || flag === 'redirect' ? 302 : undefined
  return { pattern, replacement, keepsQuery, flag, redirect }
}
