import { Component, type ReactNode } from 'react';
import { OutcomePage } from '../screens/outcome-page.tsx';
import { LinkButton } from '../ui/button.tsx';

/** Catches a fault of this page itself, so that a broken screen is never taken for an empty record. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <OutcomePage>
        <h1 className="mb-3 text-2xl leading-tight">This page has failed</h1>
        <p className="mb-3" role="alert">
          Something went wrong while showing the record, so nothing is shown. The record itself is not affected.
        </p>
        <p className="mb-5">Load the page again. If it goes on, use the source systems and tell your service desk.</p>
        <LinkButton look="primary" href="/timeline">
          Load again
        </LinkButton>
      </OutcomePage>
    );
  }
}
