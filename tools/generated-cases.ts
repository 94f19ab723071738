import { configureGlobal } from 'fast-check';

// `npm test` generates the same cases every time, so that a change is judged by what it changed. `npm run test:deep`
// looks further: other cases at every run, and twenty times as many where a test does not say how many.
if (process.env['GENERATED_CASES'] === 'deep') configureGlobal({ numRuns: 2000 });
else configureGlobal({ seed: 206_000 });
