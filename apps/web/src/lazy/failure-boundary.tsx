import { Component } from 'react';
import type { ReactNode } from 'react';

interface FailureBoundaryProps {
  readonly children: ReactNode;
  /** What is shown in place of what fails. */
  readonly instead: ReactNode;
}

/** What fails in it takes nothing around it along. */
export class FailureBoundary extends Component<FailureBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.instead : this.props.children;
  }
}
