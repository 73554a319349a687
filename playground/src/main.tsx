/** Where the page starts. */
import './style/main.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { catalogueQuery } from './wire/catalogue.ts';
import { sessionQuery } from './wire/session.ts';

const queries = new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false } } });

// Asked for while the first page's script is still on its way.
void queries.prefetchQuery(sessionQuery);
void queries.prefetchQuery(catalogueQuery);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
