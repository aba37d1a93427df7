import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { panels, readOptions } from '../../web/src/embed/options';

const shown = (search: string) => [...readOptions(search).panels];

describe('the options of an embed', () => {
  it('are everything, waiting, when nothing is said', () => {
    expect(readOptions('')).toEqual({
      panels: new Set(panels),
      run: false,
      fit: 'frame',
      variant: undefined,
      origins: [],
      problems: [],
    });
  });

  it('hide panels by name, or show only those named', () => {
    expect(shown('?hide=flowchart,data')).toEqual(panels.filter((p) => p !== 'flowchart' && p !== 'data'));
    expect(shown('?show=curves, boundary')).toEqual(['curves', 'boundary']);
    expect(shown('?show=curves,boundary&hide=curves')).toEqual(['boundary']);
  });

  it('say which name they do not know, and which they do', () => {
    const options = readOptions('?hide=flowchart,results&show=Data');
    expect(options.problems).toEqual([
      { option: 'show', value: 'Data', allowed: panels },
      { option: 'hide', value: 'results', allowed: panels },
    ]);
    expect([...options.panels]).toEqual(panels.filter((panel) => panel !== 'flowchart'));
  });

  it('leave no page without anything', () => {
    const options = readOptions(`?hide=${panels.join(',')}`);
    expect([...options.panels]).toEqual([...panels]);
    expect(options.problems).toMatchObject([{ option: 'hide' }]);
  });

  it('run only for the one word that asks for it', () => {
    expect(readOptions('?run=1').run).toBe(true);
    expect(readOptions('?run=0')).toMatchObject({ run: false, problems: [] });
    for (const search of ['?run', '?run=true', '?run=1%20', '?Run=1']) {
      expect(readOptions(search).run, search).toBe(false);
    }
    expect(readOptions('?run=yes').problems).toEqual([{ option: 'run', value: 'yes', allowed: ['1', '0'] }]);
  });

  it('take the builds of the engine that there are', () => {
    expect(readOptions('?variant=simd')).toMatchObject({ variant: 'simd', problems: [] });
    expect(readOptions('?variant=relaxed')).toMatchObject({ variant: 'relaxed', problems: [] });
    expect(readOptions('?variant=fast')).toMatchObject({
      variant: undefined,
      problems: [{ option: 'variant', value: 'fast', allowed: ['simd', 'relaxed'] }],
    });
  });

  it('name a language or theme that does not exist', () => {
    expect(readOptions('?lang=fr&theme=dark').problems).toMatchObject([{ option: 'lang', value: 'fr' }]);
  });

  it('take origins as browsers write them, and nothing else', () => {
    expect(readOptions('?origins=https://a.example,http://localhost:8000/,null').origins).toEqual([
      'https://a.example',
      'http://localhost:8000',
      'null',
    ]);
    for (const text of [
      'a.example',
      'https://a.example/path',
      'javascript:alert(1)',
      '*',
      'file:///',
      'https://u@a.example',
    ]) {
      const { origins, problems } = readOptions(`?origins=${encodeURIComponent(text)}`);
      expect(problems, text).toHaveLength(1);
      // A list that failed lets nobody speak, where no list would let everybody.
      expect(origins, text).not.toEqual([]);
      expect(origins, text).not.toContain(text);
    }
  });

  it('survive anything, and repeat little of it', () => {
    for (const text of [
      '%',
      '%%%',
      '=',
      '&&',
      '?hide=%FF%FE',
      `?hide=${'x'.repeat(100_000)}`,
      '?lang=__proto__',
    ]) {
      const { problems } = readOptions(text);
      for (const { value } of problems) expect(value.length).toBeLessThanOrEqual(120);
    }
  });
});

describe('both pages', () => {
  const policy = (file: string) =>
    /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';

  it('have a policy that lets no script in but their own', () => {
    for (const file of ['web/index.html', 'web/embed.html']) {
      expect(policy(file)).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';");
      expect(policy(file)).toContain("connect-src 'self'");
      expect(readFileSync(file, 'utf8')).not.toMatch(/<script(?![^>]*src=)/);
    }
    expect(policy('web/index.html').replace(" frame-src 'self';", '')).toBe(policy('web/embed.html'));
  });
});
