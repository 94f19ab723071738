import { useEffect } from 'react';
import { OutcomePage } from '../screens/outcome-page.tsx';
import { LinkButton } from '../ui/button.tsx';

/** An address this app does not have. */
export function NotFound() {
  useEffect(() => {
    document.title = 'No such page · Care Timeline';
  }, []);
  return (
    <OutcomePage>
      <h1 className="mb-3 text-2xl leading-tight">There is no page at this address</h1>
      <p className="mb-5">Press the Care Timeline icon in the system you work in, or sign on here.</p>
      <LinkButton look="primary" href="/">
        Sign on
      </LinkButton>
    </OutcomePage>
  );
}
