// Versions as people write them: "3.1.69", "cmake version 3.25.1".

/**
 * The first dotted number in a text, or undefined.
 * @param {string} text
 */
export function findVersion(text) {
  return /\d+(?:\.\d+)+/.exec(text)?.[0];
}

/**
 * @param {string} a
 * @param {string} b
 * @returns {number} negative, zero or positive as a is older than, equal to or newer than b
 */
export function compareVersions(a, b) {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let i = 0; i < Math.max(left.length, right.length); ++i) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
