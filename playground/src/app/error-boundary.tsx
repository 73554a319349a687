/** A defect in one page leaves the frame and the other pages standing. */
import { Component, type ReactNode } from 'react';
import { texts } from '../texts/en.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';

interface BoundaryProps {
  readonly children: ReactNode;
}

export class ErrorBoundary extends Component<BoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <Page title={texts.shared.broken}>
        <EmptyState title={texts.shared.brokenHint}>
          <Button onClick={() => location.reload()}>{texts.shared.reload}</Button>
        </EmptyState>
      </Page>
    );
  }
}
