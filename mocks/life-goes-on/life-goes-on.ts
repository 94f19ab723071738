import type { SourceId } from '../../fhir/sources.ts';
import { makeRandom } from '../borough/random.ts';
import type { Borough } from '../borough/truth.ts';
import { sendMllp } from './send-mllp.ts';
import { OngoingVisits } from './visits.ts';

/** Milliseconds between two events. */
const every = 15_000;

/** A switch: while it is on, people go on coming to the hospitals, whose systems tell the hub as they do. */
export class LifeGoesOn {
  readonly #borough: () => Borough;
  readonly #portOf: (source: SourceId) => number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failed: string | undefined;

  /**
   * @param borough made when it is first switched on
   * @param portOf where the hub listens for a source's messages
   */
  constructor(borough: () => Borough, portOf: (source: SourceId) => number | undefined) {
    this.#borough = borough;
    this.#portOf = portOf;
  }

  get isOn(): boolean {
    return this.#timer !== undefined;
  }

  /** Why the last event could not be told; undefined when it could. */
  get failed(): string | undefined {
    return this.#failed;
  }

  switchOn(): void {
    if (this.#timer !== undefined) return;
    const visits = new OngoingVisits(this.#borough(), makeRandom(Date.now()));
    const step = (): void => {
      this.#tell(visits).then(
        () => (this.#failed = undefined),
        (error: unknown) => (this.#failed = error instanceof Error ? error.message : String(error)),
      );
    };
    this.#timer = setInterval(step, every);
    step();
  }

  switchOff(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #tell(visits: OngoingVisits): Promise<void> {
    const messages = visits.next(Date.now());
    const [first] = messages;
    if (first === undefined) return;
    const port = this.#portOf(first.source);
    if (port === undefined) throw new Error('The hub does not listen for this hospital.');
    await sendMllp(
      port,
      messages.map(({ bytes }) => bytes),
    );
  }
}
