import { useState, type ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';

const steps = [1, 1.5, 2, 3] as const;

/** How large a page or picture is drawn, as a multiple of the room's width, and the buttons that change it. */
export function useZoom(): { zoom: number; buttons: ReactNode } {
  const [step, setStep] = useState(0);
  const buttons = (
    <>
      <Button disabled={step === steps.length - 1} onClick={() => setStep(step + 1)}>
        Larger
      </Button>
      <Button disabled={step === 0} onClick={() => setStep(step - 1)}>
        Smaller
      </Button>
    </>
  );
  return { zoom: steps[step] ?? 1, buttons };
}
