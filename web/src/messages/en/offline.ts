// The page without a network, and its newer versions.
export const offline = {
  update: 'A newer version is ready.',
  take: 'Use it now',
  takeHint: 'Loads the page anew; your experiment stays, its run begins again',
  later: 'Later',
  laterHint: 'It is used when every tab of this page has been closed',
};
