// What every dialog and part that is fetched says of itself.
export const shell = {
  close: 'Close',
  missingPart:
    'A part of the page could not be fetched. Check the connection and try again, or reload the page.',
};
