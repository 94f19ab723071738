import { variables } from '../hub/config.ts';

for (const variable of variables) {
  console.log(`${variable.name.padEnd(14)}${(variable.default || '(none)').padEnd(26)}${variable.meaning}`);
}
