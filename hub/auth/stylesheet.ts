/** Look of the hub's own pages: NHS colours and spacing, system fonts, no script. Contrast is AA throughout. */
export const stylesheet = `
:root { color-scheme: light; --blue: #005eb8; --ink: #212b32; --grey: #4c6272; --line: #aeb7bd; --red: #d5281b; --yellow: #ffeb3b; }
* { box-sizing: border-box; }
body { margin: 0; font: 400 1.1875rem/1.5 Arial, "Liberation Sans", sans-serif; color: var(--ink); background: #f0f4f5; }
header { background: var(--blue); color: #fff; }
header > div, main { max-width: 46rem; margin: 0 auto; padding: 1rem; }
header p { margin: 0; }
header .product { font-weight: 700; font-size: 1.25rem; }
main { background: #fff; min-height: calc(100vh - 5rem); padding-bottom: 3rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 1rem 0; }
h2 { font-size: 1.25rem; margin: 1.5rem 0 .5rem; }
.user { display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between; padding: .75rem 1rem; background: #e8edee; }
.user p { margin: 0; }
fieldset { border: 0; margin: 0 0 2rem; padding: 0; min-width: 0; }
fieldset fieldset { margin: 0; }
legend, label { font-weight: 700; }
legend { font-size: 1.25rem; padding: 0; margin-bottom: .5rem; }
.field { margin: 0 0 1.25rem; }
.field label { display: block; }
.hint { display: block; margin: 0 0 .25rem; color: var(--grey); font-weight: 400; }
.fault { display: block; color: var(--red); font-weight: 700; margin: 0 0 .25rem; }
[aria-invalid=true] { border-color: var(--red) !important; }
input[type=text], textarea { font: inherit; color: inherit; width: 100%; max-width: 26rem; padding: .4rem .5rem; border: 2px solid var(--grey); border-radius: 0; background: #fff; }
.dates { display: flex; gap: 1rem; }
.dates input { width: 4rem; }
.dates .year input { width: 6rem; }
.choice { display: flex; gap: .75rem; align-items: flex-start; margin: 0 0 .75rem; }
.choice input { width: 1.75rem; height: 1.75rem; margin: 0; flex: none; accent-color: var(--blue); }
.choice label { font-weight: 400; padding-top: .1rem; }
button { font: inherit; font-weight: 700; color: #fff; background: #007f3b; border: 0; border-bottom: 4px solid #00401e; padding: .6rem 1.1rem; cursor: pointer; }
button:hover { background: #00662f; }
button.second { background: #fff; color: var(--blue); border: 2px solid var(--blue); }
button.second:hover { background: #e8edee; }
a { color: var(--blue); }
:focus-visible { outline: 4px solid var(--yellow); outline-offset: 0; box-shadow: 0 0 0 6px var(--ink); }
.problem { border: 4px solid var(--red); padding: .75rem 1rem; margin: 1rem 0 1.5rem; }
.problem h2 { margin-top: 0; }
.problem p, .problem ul { margin: 0; }
.person { border: 1px solid var(--line); padding: 1rem; margin: 0 0 1rem; }
.person h2 { margin: 0 0 .5rem; }
.person > h3:first-child { margin: 0 0 .5rem; font-size: 1.1rem; }
.person dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0 0 1rem; }
.person dt { color: var(--grey); }
.person dd { margin: 0; font-weight: 700; }
.person.died { background: repeating-linear-gradient(135deg, #fff 0 10px, #e8edee 10px 20px); }
.wide { overflow-x: auto; }
@media (min-width: 50rem) { main:has(.wide), body:has(.wide) > header > div { max-width: 76rem; } }
table { border-collapse: collapse; font-size: 1rem; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); }
td { font-variant-numeric: tabular-nums; white-space: nowrap; }
.date { white-space: nowrap; }
td.words { white-space: normal; min-width: 8rem; }
th.moment { white-space: nowrap; }
pre { overflow-x: auto; margin: 0; font-size: .875rem; }
.actions { display: flex; flex-wrap: wrap; gap: 1rem; }
.user a, .actions a, .problem a { display: inline-block; padding: .25rem 0; }
.problem a { vertical-align: top; }
.user a { margin-right: 1rem; }
input[type=text], textarea { min-height: 2.75rem; }
@media (max-width: 40rem) { .user a, .actions a, .problem a { padding: .75rem 0; } .choice input { width: 2.75rem; height: 2.75rem; } .choice label { padding-top: .6rem; } }
@media (max-width: 60rem) {
  .lines thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .lines tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .lines th, .lines td { display: block; padding: 0; border: 0; white-space: normal; }
  .lines td { position: relative; padding-left: 9rem; overflow-wrap: anywhere; }
  .lines td::before { content: attr(data-head); position: absolute; left: 0; color: var(--grey); }
  .lines td:empty { display: none; }
}
@media (max-width: 30rem) { body { font-size: 1rem; } .person dl { grid-template-columns: 1fr; } .person dd { margin-bottom: .4rem; } }
`.trimStart();
