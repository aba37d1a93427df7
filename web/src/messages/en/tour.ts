// The tour of the page, and its offer on a first visit.
export const tour = {
  tour: {
    offer: 'New here?',
    offerMore: 'Five stops show what is where.',
    begin: 'Show me around',
    decline: 'No, thanks',
    declineHint: 'It is not offered again; you find it under “Start” and on the sheet of keys (?).',
    title: 'A tour of the page',
    position: '{number} of {count}',
    back: 'Back',
    next: 'Next',
    finish: 'Done',
    end: 'End the tour',
    keys: 'Right and left arrow keys: next stop and back. Escape: ends the tour.',
    stops: {
      flowchart: [
        'The flowchart is the program',
        'Training runs through these boxes. The one at work is lit and shows its latest number; a click on a box leads to its settings.',
      ],
      data: [
        'The data',
        'What there is to learn: a shape, a table of your own, or points that you paint. Change the points or the noise, and training begins anew.',
      ],
      network: [
        'The network',
        'Columns go in on the left, the answer comes out on the right, and each line is a weight: the thicker, the larger. Click a neuron or a line to read its numbers and change them.',
      ],
      picture: [
        'What has been learned',
        'The colour of a place is the network’s answer there; where it is faint, the network is unsure. Dots are the data; hollow ones are kept back for validation.',
      ],
      curves: [
        'The curves',
        'Loss and accuracy after each epoch, for the training part and the part kept back. When the two drift apart, the sentence below them says so, and what helps.',
      ],
    },
  },
};
