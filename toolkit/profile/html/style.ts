/** The style of a profile, for a page and for a cell of a notebook alike: nothing is fetched. Cells of tables are named so that they win over JupyterLab's own rules. */
export const STYLE = `
.daybook-profile{--ink:#1b1f24;--quiet:#57606a;--line:#d0d7de;--paper:#fff;--shade:#f6f8fa;--good:#2f6f9f;--bad:#b3541e;--none:#c5ccd3;
 color:var(--ink);background:var(--paper);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
@media (prefers-color-scheme:dark){.daybook-profile{--ink:#e6e9ec;--quiet:#a3adb7;--line:#3a424a;--paper:#14181c;--shade:#1d2329;--good:#6cb0e0;--bad:#f0965a;--none:#4a535c}}
.daybook-profile h1{font-size:1.6em;margin:0 0 .2em}
.daybook-profile h2{font-size:1.3em;font-weight:600;margin:1.6em 0 .3em}
.daybook-profile h3{font-size:1.05em;font-weight:600;margin:0;display:inline}
.daybook-profile .scroll{overflow-x:auto}
.daybook-profile table{border-collapse:collapse;margin:.6em 0;color:inherit}
.daybook-profile caption{text-align:left;color:var(--quiet);padding:.2em 0}
.daybook-profile .scroll table tr>th,.daybook-profile .scroll table tr>td{text-align:left;padding:.25em .8em .25em 0;border-bottom:1px solid var(--line);vertical-align:top;font-weight:400;background:none}
.daybook-profile .scroll table thead tr>th{color:var(--quiet);white-space:nowrap}
.daybook-profile .scroll table tbody tr>th{font-weight:600}
.daybook-profile .scroll table tr>.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.daybook-profile table tbody tr:nth-child(n){background:none}
.daybook-profile code{font:.92em ui-monospace,Consolas,monospace;background:var(--shade);padding:.05em .3em;border-radius:3px;white-space:pre-wrap;overflow-wrap:anywhere}
.daybook-profile .bar{display:inline-flex;width:8em;height:.7em;background:var(--none);border-radius:2px;overflow:hidden}
.daybook-profile .bar i{height:100%}
.daybook-profile .good{background:var(--good)}.daybook-profile .bad{background:var(--bad)}.daybook-profile .none{background:var(--none)}
.daybook-profile .tag{border:1px solid var(--bad);color:var(--bad);border-radius:3px;padding:0 .35em;font-size:.9em;white-space:nowrap}
.daybook-profile details{border-top:1px solid var(--line);padding:.5em 0}
.daybook-profile summary{cursor:pointer}
.daybook-profile dl{display:grid;grid-template-columns:minmax(6em,auto) 1fr;gap:.15em 1em;margin:.5em 0}
.daybook-profile dl dt{color:var(--quiet);font-weight:400}.daybook-profile dd{margin:0;overflow-wrap:anywhere}
.daybook-profile svg{max-width:100%;height:auto;color:var(--good)}
.daybook-profile .legend span{margin-right:1.2em}.daybook-profile .legend i{display:inline-block;width:.8em;height:.8em;margin-right:.35em;border-radius:2px}
`;
