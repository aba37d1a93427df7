// The `--port` argument.
import { Failure } from './failure.mjs';

const kDefaultPort = 5173;

/**
 * @param {string[]} args
 * @returns {number}
 */
export function parsePort(args) {
  let port = kDefaultPort;
  for (let i = 0; i < args.length; ++i) {
    const match = /^(--port|-p)(?:=(.*))?$/.exec(args[i]);
    if (!match) {
      throw new Failure(`Unknown argument "${args[i]}".`, {
        hint: 'Known: --port N, as in: npm start -- --port 8080',
      });
    }
    const value = match[2] ?? args[++i];
    if (value === undefined)
      throw new Failure('--port needs a number after it.', { hint: 'For example: npm start -- --port 8080' });
    port = Number(value);
    if (!/^\d+$/.test(value) || port < 1 || port > 65535) {
      throw new Failure(`"${value}" is not a port.`, { hint: 'A port is a whole number from 1 to 65535.' });
    }
  }
  return port;
}
