import { checkDigit } from '../../fhir/nhs-number.ts';

/**
 * The n-th NHS number (from 1) of the range that is never issued to a person: 999 000 0018, 999 000 0026, … Numbers whose
 * check digit would be 10 do not exist and are passed over.
 */
export function* testNhsNumbers(): Generator<string> {
  for (let body = 999_000_001; body <= 999_999_999; body += 1) {
    const check = checkDigit(String(body));
    if (check !== undefined) yield `${body}${check}`;
  }
}
