// What the pictures show: each scene is a visit to the page, of which it takes one picture or several.
import { beginning } from './scenes/beginning.mjs';
import { data } from './scenes/data.mjs';
import { mishaps } from './scenes/mishaps.mjs';
import { network } from './scenes/network.mjs';
import { results } from './scenes/results.mjs';

export const scenes = [...beginning, ...data, ...network, ...results, ...mishaps];
