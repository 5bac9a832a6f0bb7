import { createRequire } from 'node:module';
import type { Content } from './session-messages.ts';

const STANDS_ON = 'https://github.com/yunabe/tslab';

/** What a client is told of the kernel and its language. TypeScript itself need not be loaded for it. */
export function kernelInfo(): Content {
  const { version } = createRequire(import.meta.url)('typescript/package.json') as { readonly version: string };
  return {
    status: 'ok',
    protocol_version: '5.3',
    implementation: 'daybook',
    implementation_version: '1.0.0',
    banner: `TypeScript ${version} (Daybook), Node ${process.version}`,
    help_links: [{ text: 'tslab, on which this kernel stands', url: STANDS_ON }],
    language_info: {
      name: 'typescript',
      version,
      mimetype: 'text/typescript',
      file_extension: '.ts',
      pygments_lexer: 'typescript',
      // Jupyter's editors find TypeScript by both words.
      codemirror_mode: { mode: 'typescript', name: 'javascript', typescript: true },
    },
  };
}
