import { describe, expect, it } from 'vitest';
import { canFit, embedCode, type EmbedChoices, formats, frameAddress } from '../../web/src/embed/code';
import { panels, readOptions } from '../../web/src/embed/options';

const choices: EmbedChoices = {
  site: 'https://example.org/athanor/',
  hash: '#d=1.AbC-_9',
  shown: new Set(['controls', 'boundary'] as const),
  lang: 'zh',
  theme: 'dark',
  run: true,
  width: 640,
  height: 420,
  asContent: false,
  title: 'Two moons',
};
const plain: EmbedChoices = {
  ...choices,
  hash: '',
  shown: new Set(panels),
  lang: null,
  theme: null,
  run: false,
};

describe('the address of a frame', () => {
  it('says what was chosen, and the page reads the same from it', () => {
    const url = new URL(frameAddress(choices));
    expect(url.href).toBe(
      'https://example.org/athanor/embed.html?show=controls,boundary&lang=zh&theme=dark&run=1#d=1.AbC-_9',
    );
    expect(readOptions(url.search)).toMatchObject({ panels: choices.shown, run: true, problems: [] });
    for (const name of panels) {
      const shown = new Set(panels);
      shown.delete(name);
      const { search } = new URL(frameAddress({ ...choices, shown }));
      expect(search).toContain(`?hide=${name}&`);
      expect(readOptions(search).panels).toEqual(shown);
    }
  });

  it('says nothing of what nobody chose', () => {
    expect(frameAddress(plain)).toBe('https://example.org/athanor/embed.html');
  });
});

describe('the code', () => {
  it('holds the same embed in every format', () => {
    for (const format of formats) {
      const code = embedCode(format, choices);
      expect(code, format).toContain('#d=1.AbC-_9');
      expect(code, format).toContain('controls,boundary');
      expect(code, format).toMatch(/640/);
      expect(code, format).toMatch(/420/);
    }
  });

  it('is the element for plain HTML', () => {
    expect(embedCode('html', plain))
      .toBe(`<script src="https://example.org/athanor/athanor-playground.js" async></script>
<athanor-playground
  title="Two moons"
  height="420"
  style="max-width: 640px"
></athanor-playground>`);
  });

  it('leaves out the height where the element takes that of its content; a frame alone cannot', () => {
    const asContent = { ...choices, asContent: true };
    for (const format of formats) {
      const code = embedCode(format, asContent);
      if (canFit(format)) expect(code, format).not.toContain('height=');
      else expect(code, format).toMatch(/height="?=?420/);
    }
    expect(formats.filter(canFit)).toEqual(['html', 'quarto']);
  });

  it('has no script where a script would be taken for something else', () => {
    for (const format of ['mdx', 'vuepress', 'jupyter'] as const)
      expect(embedCode(format, choices)).not.toContain('<script');
    expect(embedCode('mdx', choices)).toContain('style={{ border: 0, maxWidth: 640 }}');
    expect(embedCode('vuepress', choices)).toContain('style="border: 0; max-width: 640px"');
    expect(embedCode('quarto', choices)).toMatch(/^```\{=html\}\n<script .*\n```$/s);
  });

  it('lets references of a frame open in a tab of their own, and nothing else beyond what it needs', () => {
    for (const format of ['mdx', 'vuepress'] as const)
      expect(/sandbox="([^"]*)"/.exec(embedCode(format, choices))?.[1]?.split(' ')).toEqual([
        'allow-scripts',
        'allow-same-origin',
        'allow-popups',
        'allow-popups-to-escape-sandbox',
      ]);
  });

  it('escapes what stands in quotes', () => {
    const hostile = { ...choices, title: '"><script>alert(1)</script>&quot;', site: 'https://a.example/"x/' };
    for (const format of ['html', 'mdx', 'vuepress', 'quarto'] as const) {
      const code = embedCode(format, hostile);
      expect(code).not.toContain('<script>alert');
      expect(code).toContain('&quot;>&lt;script>alert(1)');
    }
    expect(embedCode('jupyter', hostile)).toContain('IFrame("https://a.example/\\"x/embed.html');
  });
});
