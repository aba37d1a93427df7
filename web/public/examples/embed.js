// Everything a page can say to an embed, and hear from it; EMBEDDING.md in Athanor's sources has the same as tables.
const playground = document.getElementById('playground');
const byId = (id) => document.getElementById(id);

const shownMessages = 12;
function log(report) {
  const item = document.createElement('li');
  item.textContent = JSON.stringify(report, (_, value) =>
    typeof value === 'number' ? Number(value.toPrecision(4)) : value,
  );
  byId('log').prepend(item);
  byId('log').children[shownMessages]?.remove();
}

for (const type of ['ready', 'progress', 'measures', 'finished', 'error', 'size'])
  playground.addEventListener(type, ({ detail }) => log(detail));
playground.addEventListener('progress', ({ detail }) => {
  byId('progress').value = detail.epoch / detail.maxEpochs;
});
playground.addEventListener('finished', ({ detail }) => {
  byId('result').textContent = `Test accuracy 测试准确率: ${(100 * detail.test.accuracy).toFixed(1)} %`;
});

// The methods of the element are there once its script has run.
customElements.whenDefined('athanor-playground').then(() => {
  /** What is refused is told beside the buttons. */
  const attempt = (promise) =>
    promise.then(
      () => (byId('result').textContent = ''),
      (error) => (byId('result').textContent = `${error.code}: ${error.message}`),
    );
  byId('run').onclick = () => attempt(playground.run());
  byId('pause').onclick = () => attempt(playground.pause());
  byId('rewind').onclick = () => attempt(playground.rewind());
  byId('rate').onchange = ({ target }) => attempt(playground.set('training.learning_rate', Number(target.value)));
  byId('generator').onchange = ({ target }) =>
    attempt(playground.load({ data: { generator: target.value }, done: { max_epochs: 60 } }));
  byId('language').onchange = ({ target }) => (playground.lang = target.value);
});
