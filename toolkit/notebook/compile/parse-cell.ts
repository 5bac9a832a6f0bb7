import ts from 'typescript';

/** A cell's text alone, read as a module: `await` is a word of the language at its top level. */
export const parseCell = (code: string): ts.SourceFile =>
  ts.createSourceFile(
    'cell.ts',
    code,
    {
      languageVersion: ts.ScriptTarget.Latest,
      setExternalModuleIndicator: (file) => {
        (file as { externalModuleIndicator?: unknown }).externalModuleIndicator = true;
      },
    },
    true,
  );
