import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { ROOT } from '../cli/scene.ts';
import { inkOf } from '../picture.ts';
import { SLOW } from '../slow.ts';
import { BROWSER, JupyterLab } from './jupyter-lab.ts';

const CHARTS = 8;
const PICTURES = join(ROOT, 'docs/img/notebook');
/** A copy beside the folder: JupyterLab saves what it shows, and imports begin in the notebook's folder. */
const COPIES = join(ROOT, `notebooks-${process.pid}`);

const open = SLOW && BROWSER !== null ? test : test.skip;
open('JupyterLab in a browser opens 03-charts, runs it, and every chart is drawn', async (t) => {
  t.timeout(300_000);
  cpSync(join(ROOT, 'notebooks'), COPIES, { recursive: true });
  const lab = await JupyterLab.open(join(COPIES, '03-charts.ipynb'));
  try {
    await lab.runAll();
    const drawn = lab.page.locator('.jp-OutputArea-output .vega-embed');
    await drawn.nth(CHARTS - 1).waitFor();
    t.is(await drawn.count(), CHARTS);
    for (let i = 0; i < CHARTS; i++) {
      const png = await drawn.nth(i).screenshot();
      const { share, colours } = inkOf(png);
      t.true(share > 0.02 && colours > 8, `chart ${i + 1} has hardly a mark: ${(100 * share).toFixed(1)} % of ${colours} colours`);
    }
    t.is(
      await lab.page
        .locator(
          '.jp-RenderedText[data-mime-type="application/vnd.jupyter.stderr"], .jp-RenderedText[data-mime-type="application/vnd.jupyter.error"]',
        )
        .count(),
      0,
    );
    if (process.env['DAYBOOK_UPDATE_GOLDEN'] === '1') {
      mkdirSync(PICTURES, { recursive: true });
      await lab.page.setViewportSize({ width: 1280, height: 1000 });
      await drawn.nth(3).scrollIntoViewIfNeeded();
      await lab.page.screenshot({ path: join(PICTURES, '03-charts.png') });
    }
  } finally {
    await lab.close();
    rmSync(COPIES, { recursive: true, force: true });
  }
});
