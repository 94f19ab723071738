import type { Page, Route } from 'playwright';
import { z } from 'zod';
import { adt, newcomer, newNumber, send } from '../../e2e/hospital.ts';
import { serveBuild } from '../../e2e/static-build.ts';
import { type Chapter, launch, open, settled, toMiddle } from './story.ts';

const fault = (route: Route) => route.fulfill({ status: 500, body: '{}' });
const bundle = z.looseObject({
  entry: z.array(z.looseObject({ resource: z.looseObject({ resourceType: z.string() }) })),
});

/** Changes the resources of a stream's pages on their way to the page. */
async function changed(
  page: Page,
  address: RegExp,
  change: (resource: Record<string, unknown>, place: number) => void,
) {
  await page.route(address, async (route) => {
    const answer = await route.fetch();
    const parsed = bundle.safeParse(await answer.json());
    if (!parsed.success) return route.fulfill({ response: answer });
    let place = 0;
    for (const { resource } of parsed.data.entry)
      if (resource.resourceType !== 'OperationOutcome') change(resource, place++);
    return route.fulfill({ response: answer, json: parsed.data });
  });
}

export const gapChapters: Chapter[] = [
  {
    title: 'What may be missing',
    stories: [
      {
        name: 'source-down',
        caption: 'Everything of the council could not be read: said where it would stand, with Try again.',
        dark: true,
        show: async (page, stage) => {
          await page.route(/\/fhir\/(Task|ServiceRequest|EpisodeOfCare)\?/, fault);
          await launch(page, stage, /ADEYEMI/);
          await page.locator('[data-testid=completeness][data-failed*=liquidlogic]').waitFor();
          await page.getByRole('article').first().waitFor();
          await settled(page);
        },
      },
      {
        name: 'stream-down',
        caption: 'One kind of record failed on an older page: the rest goes on, and a marker stands in the list.',
        show: async (page, stage) => {
          await page.route(/\/fhir\/DocumentReference\?/, fault);
          await launch(page, stage, /ADEYEMI/);
          await page
            .getByText(/could not be read/)
            .first()
            .waitFor();
          await settled(page);
        },
      },
      {
        name: 'taken-apart',
        caption:
          'A hospital took two records apart while the page stood open: what was read before may be somebody else’s.',
        show: async (page, stage) => {
          const port = stage.mllpPortOf('System C');
          const known = newcomer('Osei', 'Abena');
          const other = { ...newcomer('Unknown', 'Female'), nhsNumber: undefined };
          const admitted = (days: number) => ({ visit: newNumber('V'), admitted: Date.now() - days * 86_400_000 });
          await send(adt({ event: 'A01', patient: known, reason: 'Asthma', ...admitted(3) }), port);
          await send(adt({ event: 'A01', patient: other, reason: 'Overdose', ...admitted(2) }), port);
          await send(adt({ event: 'A40', patient: known, gone: other.mrn }), port);
          // They are kept at once, and worked on a moment later.
          const rows = page.getByRole('feed', { name: 'Timeline' }).getByRole('article');
          for (let look = 0; look < 50 && (await rows.count()) < 2; look += 1) {
            await page.goto(`${stage.desks}/launch?system=system-c&patient=${known.nhsNumber}`);
            await settled(page);
          }
          await send(adt({ event: 'A37', patient: known, gone: other.mrn }), port);
          await page.getByText(/which records are this person's has changed/).waitFor({ timeout: 60_000 });
          await settled(page);
        },
      },
      {
        name: 'withheld',
        caption: 'Some information is withheld: said, and in no way located.',
        show: (page, stage) => open(page, stage, /Labelled items/),
      },
      {
        name: 'strangers',
        caption: 'Another person’s items came with the answer: dropped, counted, said.',
        show: async (page, stage) => {
          await changed(page, /\/fhir\/Appointment\?/, (resource, place) => {
            if (place > 0) return;
            const participants = resource['participant'] as { actor?: { reference?: string } }[];
            for (const { actor } of participants)
              if (actor?.reference?.startsWith('Patient/')) actor.reference = 'Patient/somebody-else';
          });
          await launch(page, stage, /ADEYEMI/);
          await page
            .getByText(/named another person/)
            .first()
            .waitFor();
          await settled(page);
        },
      },
      {
        name: 'alerts-unread',
        caption: 'Allergies and alerts could not be read: unavailable, never none.',
        show: async (page, stage) => {
          await page.route(/\/fhir\/(AllergyIntolerance|Flag)\?/, fault);
          await open(page, stage, /ADEYEMI/);
          await page.locator('[data-testid=key-allergies][data-state=unavailable]').waitFor();
          await settled(page);
        },
      },
      {
        name: 'no-hub',
        caption: 'Nothing could be read at all: no row, no name, and no word that could be taken for an empty record.',
        show: async (page, stage) => {
          await page.route(/\/fhir\/Patient\//, fault);
          const { nhsNumber } = stage.person(/ADEYEMI/);
          await page.goto(`${stage.desks}/launch?system=emis&patient=${nhsNumber}`);
          await page
            .getByText(/could not be read/)
            .first()
            .waitFor();
          await settled(page);
        },
      },
      {
        name: 'offline',
        caption: 'The network went while the record was open: what was read stands, and its age is said.',
        show: async (page, stage) => {
          await open(page, stage, /ADEYEMI/);
          await page.context().setOffline(true);
          await page.evaluate('new Promise((done) => setTimeout(done, 400))');
        },
      },
    ],
  },
  {
    title: 'A sitting',
    stories: [
      {
        name: 'news',
        caption: 'Since you last looked: counted, marked in the rows, with a way from one to the next.',
        show: async (page, stage) => {
          // As far as the page can tell this reader looked yesterday, and the first three of each page of visits came since.
          const yesterday = new Date(Date.now() - 86_400_000).toISOString();
          await page.route(/\/oauth\/token/, async (route) => {
            const answer = await route.fetch();
            const token = (await answer.json()) as object;
            await route.fulfill({ response: answer, json: { ...token, last_opened: yesterday } });
          });
          const lately = new Date(Date.now() - 3_600_000).toISOString();
          const longAgo = new Date(Date.now() - 7 * 86_400_000).toISOString();
          await changed(page, /\/fhir\/[A-Z]\w+\?/, (resource, place) => {
            const isNew = resource['resourceType'] === 'Encounter' && place < 3;
            resource['meta'] = {
              ...(resource['meta'] as object),
              lastUpdated: isNew ? lately : longAgo,
              versionId: '1',
            };
          });
          await open(page, stage, /ADEYEMI/);
          await settled(page);
        },
      },
      {
        name: 'withdrawn',
        caption: 'Read again: a visit that its source has since marked as an error leaves a line where it stood.',
        show: async (page, stage) => {
          // A phone says how old the page is once it is five minutes old.
          await page.clock.install();
          await open(page, stage, /ADEYEMI/);
          await changed(page, /\/fhir\/Encounter\?(?!.*_after)/, (resource, place) => {
            if (place === 1) resource['status'] = 'entered-in-error';
          });
          await page.clock.runFor('06:00');
          await page.getByRole('button', { name: 'Read again' }).first().click();
          for (let second = 0; second < 30; second += 1) await page.clock.runFor(200);
          const line = page.getByText(/Withdrawn by/).first();
          await line.waitFor();
          await line.evaluate(toMiddle);
          await page.clock.runFor(500);
          // The rows above it were measured meanwhile, and it went up under the overview.
          await page.evaluate('scrollBy(0, -200)');
          await page.clock.runFor(500);
        },
      },
      {
        name: 'new-version',
        caption: 'Installed, and a new version is ready: offered, never forced; here while no session is open.',
        installs: true,
        show: async (page) => {
          const release = await serveBuild();
          try {
            await page.goto(`${release.address}/timeline`);
            await page.waitForFunction('navigator.serviceWorker.controller !== null', undefined, { timeout: 60_000 });
            release.next();
            await page.evaluate('navigator.serviceWorker.getRegistration().then((kept) => kept?.update())');
            await page.getByText(/A new version of Care Timeline is ready/).waitFor();
          } finally {
            release.close();
          }
        },
      },
      {
        name: 'cover',
        caption: 'Nobody used the page for ten minutes: covered. Whose page it is, whose sitting, how old.',
        dark: true,
        show: async (page, stage) => {
          await page.clock.install();
          await open(page, stage, /ADEYEMI/);
          await page.clock.fastForward('12:10');
          await page.getByTestId('cover').waitFor();
        },
      },
      {
        name: 'session-over',
        caption: 'The session has ended: nothing of the record is left.',
        show: async (page, stage) => {
          await page.goto(`${stage.hub}/timeline`);
          await page.getByRole('heading', { level: 1, name: 'Your session has ended' }).waitFor();
        },
      },
    ],
  },
];
