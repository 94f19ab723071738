import { expect, it } from 'vitest';
import { directoryTypes, resourceTypes } from '../../fhir/resource-types.ts';
import { aboutOf } from '../resource/about.ts';
import { asJson } from '../resource/json.ts';
import { examples } from './test-resources.ts';

const person = 'somebody';
const stock = examples(person);
const ofPeople = resourceTypes.filter(
  // A Binary is whose the document is that names it.
  (type): type is keyof typeof stock =>
    type !== 'Patient' && type !== 'Binary' && !(directoryTypes as readonly string[]).includes(type),
);

it.each(ofPeople)('%s: whose it is is read from the element in which R4 names the person', (type) => {
  const { patients, via } = aboutOf(asJson(stock[type].resource));
  expect([...patients, ...via].length).toBeGreaterThan(0);
  expect(patients.filter((named) => named !== `Patient/${person}`)).toEqual([]);
  // What names nobody itself is whose the things are that it is about.
  expect(patients.length > 0 || ['Provenance', 'AuditEvent'].includes(type)).toBe(true);
});
