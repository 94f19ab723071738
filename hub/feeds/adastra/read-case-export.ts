import { UnusableMessage } from '../format.ts';
import { at, attribute, child, childrenOf, lineOf, textOf, type XmlElement } from '../xml-element.ts';
import type { CaseAddress, CaseConsultation, CaseExport, CasePatient, CasePhone, Coded } from './case-export.ts';

/** Every element of the schema; what stands beside them is not lost without a word. */
const known = new Set(
  (
    'adastraCaseDataExport adastraCaseReference adastraCaseNumber patient firstName lastName dateOfBirth dobValue gender ' +
    'nationalNumber number address line1 line2 locality town county postcode phone extension gpRegistration ' +
    'registrationStatus gpNationalCode surgeryNationalCode surgeryPostcode presentingCondition symptoms comments priority ' +
    'code description caseType caseStatus activeDate completedDate returnPhone callerPhone latestAppointment ' +
    'appointmentTime location status questions consultation startTime endTime consultationBy name summary medicalHistory ' +
    'eventOutcome clinicalCode specialNote reviewDate text outcome'
  ).split(' '),
);

/** Reads the outermost element of a case's export. @throws UnusableMessage when it is none, or names no case */
export function readCaseExport(root: XmlElement): { said: CaseExport; doubts: string[] } {
  if (root.name !== 'adastraCaseDataExport') throw new UnusableMessage('The document is no Adastra case export.');
  const reference = lineOf(child(root, 'adastraCaseReference'));
  if (reference === undefined) throw new UnusableMessage('The case has no reference.');
  const appointment = child(root, 'latestAppointment');
  const said: CaseExport = {
    kind: 'export',
    reference,
    number: lineOf(child(root, 'adastraCaseNumber')),
    patient: patientOf(child(root, 'patient')),
    symptoms: textOf(at(root, 'presentingCondition', 'symptoms')),
    comments: textOf(at(root, 'presentingCondition', 'comments')),
    priority: coded(child(root, 'priority')),
    caseType: coded(child(root, 'caseType')),
    status: lineOf(child(root, 'caseStatus')),
    active: lineOf(child(root, 'activeDate')),
    completed: lineOf(child(root, 'completedDate')),
    returnPhone: phoneOf(child(root, 'returnPhone')),
    callerPhone: phoneOf(child(root, 'callerPhone')),
    appointment:
      appointment === undefined
        ? undefined
        : {
            time: lineOf(child(appointment, 'appointmentTime')),
            place: lineOf(child(appointment, 'location')),
            status: lineOf(child(appointment, 'status')),
          },
    questions: textOf(child(root, 'questions')),
    consultations: childrenOf(root, 'consultation').map(consultationOf),
    notes: childrenOf(root, 'specialNote').flatMap((note) => {
      const text = textOf(child(note, 'text'));
      return text === undefined ? [] : [{ review: lineOf(child(note, 'reviewDate')), text }];
    }),
    outcomes: codedIn(root, 'outcome'),
  };
  const doubts = hasUnknown(root) ? ['Elements that the case export does not define: kept, not told'] : [];
  return { said, doubts };
}

function hasUnknown(element: XmlElement): boolean {
  return !known.has(element.name) || childrenOf(element).some(hasUnknown);
}

function patientOf(patient: XmlElement | undefined): CasePatient {
  const birth = child(patient, 'dateOfBirth');
  const date = lineOf(child(birth, 'dobValue'));
  const number = child(patient, 'nationalNumber');
  const value = lineOf(child(number, 'number'));
  const registration = child(patient, 'gpRegistration');
  return {
    firstName: lineOf(child(patient, 'firstName')),
    lastName: lineOf(child(patient, 'lastName')),
    birth: date === undefined ? undefined : { date, type: attribute(birth, 'dataOfBirthType') },
    gender: lineOf(child(patient, 'gender')),
    number: value === undefined ? undefined : { value, status: attribute(number, 'nationalNumberStatus') },
    addresses: childrenOf(patient, 'address').map(addressOf),
    phones: childrenOf(patient, 'phone').flatMap((phone): CasePhone[] => {
      const found = phoneOf(phone);
      return found === undefined ? [] : [{ type: attribute(phone, 'numberType'), number: found }];
    }),
    registration: {
      status: lineOf(child(registration, 'registrationStatus')),
      gp: lineOf(child(registration, 'gpNationalCode')),
      surgery: lineOf(child(registration, 'surgeryNationalCode')),
      postcode: lineOf(child(registration, 'surgeryPostcode')),
    },
  };
}

function addressOf(address: XmlElement): CaseAddress {
  const lines = ['line1', 'line2', 'locality'].map((name) => lineOf(child(address, name)));
  return {
    type: attribute(address, 'addressType'),
    lines: lines.filter((line) => line !== undefined),
    town: lineOf(child(address, 'town')),
    county: lineOf(child(address, 'county')),
    postcode: lineOf(child(address, 'postcode')),
  };
}

function consultationOf(consultation: XmlElement): CaseConsultation {
  const by = child(consultation, 'consultationBy');
  return {
    start: lineOf(child(consultation, 'startTime')),
    end: lineOf(child(consultation, 'endTime')),
    by: lineOf(child(by, 'name')),
    byType: attribute(by, 'providerType'),
    place: lineOf(child(consultation, 'location')),
    summary: textOf(child(consultation, 'summary')),
    history: textOf(child(consultation, 'medicalHistory')),
    outcomes: codedIn(consultation, 'eventOutcome'),
    codes: codedIn(consultation, 'clinicalCode'),
  };
}

function codedIn(parent: XmlElement, name: string): Coded[] {
  return childrenOf(parent, name)
    .map(coded)
    .filter((item) => item !== undefined);
}

function coded(element: XmlElement | undefined): Coded | undefined {
  const [code, words] = [lineOf(child(element, 'code')), lineOf(child(element, 'description'))];
  if (code === undefined && words === undefined) return undefined;
  return { code, words, scheme: attribute(element, 'codeScheme') };
}

function phoneOf(phone: XmlElement | undefined): string | undefined {
  const number = lineOf(child(phone, 'number'));
  const extension = lineOf(child(phone, 'extension'));
  return number === undefined || extension === undefined ? number : `${number} ext. ${extension}`;
}
