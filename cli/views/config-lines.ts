import { basename } from 'node:path';
import type { Origin } from '../../toolkit/config/index.ts';
import type { Context } from '../context.ts';
import { shortPath } from '../render/fault.ts';
import { table } from '../render/table.ts';
import { wrap } from '../render/wrap.ts';

type Place = Pick<Origin, 'layer' | 'variable' | 'file' | 'line'>;

/** Where a value came from, in words. */
export function originText({ layer, variable, file, line }: Place, cwd: string): string {
  if (layer === 'default') return 'default';
  if (file !== null) return `${shortPath(file, cwd)}${line === null ? '' : `:${line}`}`;
  return variable ?? layer;
}

// A table has no room for folders; `config explain` tells them.
const shortOrigin = (origin: Origin, cwd: string): string =>
  origin.file === null ? originText(origin, cwd) : originText({ ...origin, file: basename(origin.file) }, cwd);

/** Every key with its value and where it came from. What is only a default is quiet. */
export function configTable(all: readonly Origin[], { out, cwd }: Pick<Context, 'out' | 'cwd'>): string[] {
  const rows = all.map((origin) => {
    const paint = origin.layer === 'default' ? out.theme.quiet : (text: string) => text;
    return [paint(origin.key), paint(shortPath(origin.value, cwd)), paint(shortOrigin(origin, cwd))];
  });
  return table([{ title: 'key' }, { title: 'value', isFlexible: true }, { title: 'from' }], rows, out);
}

/** One key in full: what it does, its value, where that came from and what it replaced. */
export function explainLines(origin: Origin, { out, cwd }: Pick<Context, 'out' | 'cwd'>): string[] {
  const { key, value, description, replaced } = origin;
  return [
    ...wrap(`${out.theme.strong(key)}: ${value}`, out.width, '  '),
    ...(description === null ? [] : wrap(`  ${description}`, out.width, '  ').map(out.theme.quiet)),
    ...wrap(`  from ${originText(origin, cwd)}`, out.width, '    '),
    ...replaced.flatMap((it) => wrap(`  in place of ${it.value} from ${originText(it, cwd)}`, out.width, '    ')),
  ];
}
