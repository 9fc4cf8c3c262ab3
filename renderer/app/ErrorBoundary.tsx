import { Component, type ReactNode } from 'react'
import { PageError } from './PageError.tsx'

/** Catches what breaks outside a page, so that the window never goes white. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render() {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <main className="relative h-dvh overflow-y-auto bg-bg p-5 text-text">
        <PageError error={error} reset={() => this.setState({ error: null })} info={{ componentStack: '' }} />
      </main>
    )
  }
}
