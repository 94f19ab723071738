/** The name of the file that holds React: with the page's own script it is what a page starts with. */
export const reactFile = 'react';

/**
 * How the page's script is cut: what it starts with comes as two files of like size, which are compiled side by side while they
 * arrive, and no module of it in a small file of its own because a part that is opened later shares it (T12).
 */
export const firstLoadSplitting = {
  groups: [
    {
      name: reactFile,
      tags: ['$initial' as const],
      test: /node_modules[\\/](?:react|react-dom|scheduler)[\\/]/,
      priority: 2,
    },
    // The service worker imports nothing: it has to be one file.
    { name: 'page', tags: ['$initial' as const], test: /^(?!.*[\\/]service-worker[\\/])/, priority: 1 },
  ],
};
