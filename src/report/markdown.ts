import type { Style } from './style.ts'
import { wrap } from './width.ts'

/** The little Markdown that pages of rules are written in, for a terminal. */
export function renderMarkdown(text: string, width: number, style: Style): string {
  let page = ''
  let last: Block | undefined
  for (const block of blocksOf(text)) {
    // The items of a list stand close together.
    const gap = !last ? '' : last.kind === 'item' && block.kind === 'item' ? '\n' : '\n\n'
    page += gap + render(block, width, style)
    last = block
  }
  return `${page}\n`
}

interface Block {
  readonly kind: 'heading' | 'code' | 'table' | 'item' | 'paragraph'
  /** The hashes of a heading, the info string of code, the bullet of an item. */
  readonly mark: string
  readonly lines: readonly string[]
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] as string
    if (line.trim() === '') at++
    else if (line.startsWith('```')) {
      const end = lines.indexOf('```', at + 1)
      const after = end === -1 ? lines.length : end
      blocks.push({ kind: 'code', mark: line.slice(3).trim(), lines: lines.slice(at + 1, after) })
      at = after + 1
    } else {
      const start = at
      const first = kindOf(line)
      at++
      if (first.kind !== 'heading') while (at < lines.length && continues(lines[at] as string, first.kind)) at++
      const [head = '', ...more] = lines.slice(start, at)
      blocks.push({
        ...first,
        lines: first.kind === 'table' ? [head, ...more] : [head.slice(first.mark.length), ...more],
      })
    }
  }
  return blocks
}

function kindOf(line: string): Pick<Block, 'kind' | 'mark'> {
  const heading = /^#+ /.exec(line)
  if (heading) return { kind: 'heading', mark: heading[0] }
  const item = /^(?:[-*]|\d+\.) /.exec(line)
  if (item) return { kind: 'item', mark: item[0] }
  return { kind: line.startsWith('|') ? 'table' : 'paragraph', mark: '' }
}

function continues(line: string, kind: Block['kind']): boolean {
  if (line.trim() === '' || line.startsWith('```')) return false
  const next = kindOf(line).kind
  return kind === 'table' ? next === 'table' : next === 'paragraph'
}

function render({ kind, mark, lines }: Block, width: number, style: Style): string {
  switch (kind) {
    case 'heading':
      return style.bold(lines.join(' '))
    case 'code':
      return [...label(mark, style), ...lines.map((line) => `    ${line}`.trimEnd())].join('\n')
    case 'table':
      return lines.join('\n')
    case 'item':
      return paragraph(lines, width - mark.length, style)
        .map((line, index) => (index === 0 ? mark : ' '.repeat(mark.length)) + line)
        .join('\n')
    case 'paragraph':
      return paragraph(lines, width, style).join('\n')
  }
}

/** A page has a bad example and a good one. */
function label(info: string, style: Style): string[] {
  const words = info.split(/\s+/)
  if (words.includes('bad')) return [style.error('Bad:'), '']
  return words.includes('good') ? [style.good('Good:'), ''] : []
}

function paragraph(lines: readonly string[], width: number, style: Style): string[] {
  const text = lines
    .map((line) => line.trim())
    .join(' ')
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, '$1 ($2)')
    .replace(/\*\*([^*]+)\*\*/g, '$1')
  return wrap(text, width).map((line) => line.replace(/`([^`]+)`/g, (code) => style.info(code)))
}
