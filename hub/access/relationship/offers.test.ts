import { expect, test } from 'vitest';
import { usualPolicy } from '../testing.ts';
import { offersTo } from './offers.ts';

test('only a role that would be shown more by it may say why it looks, or break the glass', () => {
  const offered = (role: string, from = 'intranet') => {
    const { declare, breakGlass } = offersTo(usualPolicy, { role, from });
    return [declare, breakGlass];
  };
  expect({
    'General Medical Practitioner': offered('R0260', 'emis'),
    Nurse: offered('R8001'),
    'Social Worker': offered('R1330', 'liquidlogic'),
    Receptionist: offered('R1730'),
    'System Administrator': offered('R5007'),
    'Privacy Officer': offered('R0001'),
    'a role that nobody knows': offered('R9999'),
    'the person': offered('person', 'person'),
    'a doctor reading their own record': offered('R0260', 'person'),
    'a service': offered('service', 'service'),
    'a launch that says its user is the person': offered('person', 'emis'),
  }).toEqual({
    'General Medical Practitioner': [true, true],
    Nurse: [true, true],
    'Social Worker': [true, true],
    Receptionist: [false, false],
    'System Administrator': [false, false],
    'Privacy Officer': [false, false],
    'a role that nobody knows': [false, false],
    'the person': [false, false],
    'a doctor reading their own record': [false, false],
    'a service': [false, false],
    'a launch that says its user is the person': [false, false],
  });
});
