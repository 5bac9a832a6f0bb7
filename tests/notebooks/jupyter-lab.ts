import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { kernelStart } from '../../cli/notebook/kernel-start.ts';
import { jupyterFolder, writeKernelSpec } from '../../toolkit/notebook/index.ts';
import { pythonWith } from '../python-with.ts';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** The browser of this machine, or null. */
export const BROWSER = BROWSERS.find((path) => existsSync(path)) ?? null;
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const TOKEN = 'for-the-tests-of-daybook';
const WAIT_MS = 120_000;

/** JupyterLab asks its user about news in the middle of the page. */
function askNothing(settings: string): void {
  const folder = join(settings, '@jupyterlab', 'apputils-extension');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'notification.jupyterlab-settings'), '{ "fetchNews": "false", "checkForUpdates": false }');
}

/** A real JupyterLab with the kernel of this project, and a page of a real browser that shows it. */
export class JupyterLab {
  readonly #server: ChildProcess;
  readonly #browser: Browser;
  readonly #folder: string;
  readonly page: Page;

  private constructor(server: ChildProcess, browser: Browser, folder: string, page: Page) {
    this.#server = server;
    this.#browser = browser;
    this.#folder = folder;
    this.page = page;
  }

  /** Starts both and opens a notebook. What JupyterLab keeps for its user goes to a folder of its own. */
  static async open(notebook: string): Promise<JupyterLab> {
    const folder = mkdtempSync(join(tmpdir(), 'daybook-jupyter-lab-'));
    const known = jupyterFolder(folder, {});
    writeKernelSpec(known, kernelStart());
    askNothing(folder);
    const python = pythonWith('jupyter-lab', ['jupyterlab==4.6.6']);
    const port = await freePort();
    const env = { ...process.env, JUPYTER_PATH: known, HOME: folder, JUPYTERLAB_SETTINGS_DIR: folder, JUPYTERLAB_WORKSPACES_DIR: folder };
    const words = ['--no-browser', '--allow-root', `--port=${port}`, '--ServerApp.port_retries=0', `--IdentityProvider.token=${TOKEN}`];
    const server = spawn(python, ['-m', 'jupyterlab', ...words, `--ServerApp.root_dir=${dirname(notebook)}`], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const address = `http://127.0.0.1:${port}`;
    await answering(`${address}/api?token=${TOKEN}`, server);
    const browser = await chromium.launch({ executablePath: BROWSER ?? '', args: QUIET });
    const page = await browser.newPage({ viewport: { width: 1200, height: 4000 } });
    page.setDefaultTimeout(WAIT_MS);
    await page.goto(`${address}/lab/tree/${notebook.slice(dirname(notebook).length + 1)}?token=${TOKEN}&reset`);
    return new JupyterLab(server, browser, folder, page);
  }

  /**
   * Runs all cells by the menu, as a person does who sees that the kernel is there, and waits until the last has run. Before that
   * JupyterLab asks for a kernel or clears the cells and sends none, with Python's kernel too; its toolbar is "idle" from the start.
   */
  async runAll(): Promise<void> {
    const { page } = this;
    await page.locator('.jp-Notebook .jp-Cell').first().waitFor();
    await page.locator('#jp-main-statusbar').getByText('TypeScript (Daybook) | Idle').waitFor();
    await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Run All Cells', exact: true }).click();
    const prompts = page.locator('.jp-CodeCell .jp-InputPrompt');
    const cells = await prompts.count();
    await prompts
      .filter({ hasText: /\[\d+\]/ })
      .nth(cells - 1)
      .waitFor();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    const ended = new Promise((resolve) => this.#server.once('exit', resolve));
    this.#server.kill('SIGTERM');
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** Waits until the server answers. @throws Error with its words where it ends before */
async function answering(url: string, server: ChildProcess): Promise<void> {
  const words: string[] = [];
  server.stderr?.on('data', (data) => words.push(String(data)));
  const until = Date.now() + WAIT_MS;
  while (Date.now() < until) {
    if (server.exitCode !== null) break;
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`JupyterLab does not answer: ${words.join('').slice(-2000)}`);
}
