import type { QueryClient } from '@tanstack/react-query'
import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  type RouteComponent,
  redirect,
} from '@tanstack/react-router'
import type { Permission } from '../../shared/domain/roles.ts'
import type { RendererModule } from './module.ts'
import { NotFound } from './NotFound.tsx'
import { PageError } from './PageError.tsx'
import { Root } from './Root.tsx'

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    title?: string
    bare?: boolean
    permission?: Permission
  }
}

/** Addresses behind a # work on the loopback server and on app:// alike. Routes come from the modules. */
export function createAppRouter(modules: readonly RendererModule[], start: string, client: QueryClient) {
  const root = createRootRoute({ component: Root, notFoundComponent: NotFound })
  const first = createRoute({
    getParentRoute: () => root,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: start })
    },
  })
  const pages = modules.flatMap((module) =>
    module.routes.map((page) =>
      createRoute({
        getParentRoute: () => root,
        path: page.path,
        component: page.component as RouteComponent,
        // Not waited for: the page shows what is there, and knows what to do while it is not.
        loader: ({ params, location }) => page.load?.(client, { params, search: location.search }),
        staticData: {
          title: page.title,
          bare: page.bare ?? false,
          ...(page.permission && { permission: page.permission }),
        },
      }),
    ),
  )
  return createRouter({
    routeTree: root.addChildren([first, ...pages]),
    history: createHashHistory(),
    defaultErrorComponent: PageError,
    // The engine answers within a frame; a pending page would only flicker.
    defaultPendingMs: 60_000,
    scrollRestoration: false,
    // A link that the pointer or the focus rests on; what is known and still true is not asked again.
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
  })
}
