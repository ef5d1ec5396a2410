import { screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { ApiProblem } from '../api/api-problem';
import { fakeApi, show } from '../testing/show';
import { ConfirmDialog } from './confirm-dialog';
import { Dialog } from './dialog';

beforeEach(() => {
  fakeApi();
});

function Opener() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button onClick={() => setOpen(true)}>open it</button>
      {isOpen && (
        <Dialog title="About" onClose={() => setOpen(false)}>
          something
        </Dialog>
      )}
    </>
  );
}

describe('Dialog', () => {
  it('closes by Escape and by its button, and gives the focus back', async () => {
    const user = show(<Opener />);
    const opener = screen.getByRole('button', { name: 'open it' });
    await user.click(opener);
    await screen.findByRole('dialog', { name: 'About' });
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
    await user.keyboard('{Enter}');
    await user.click(await screen.findByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    await waitFor(() => expect(document.activeElement).toBe(opener));
  });
});

describe('ConfirmDialog', () => {
  const ask = (error: Error | null, ready = true) => {
    const confirmed = jest.fn();
    const user = show(
      <ConfirmDialog
        title="Sure?"
        action="Delete it"
        onConfirm={confirmed}
        onClose={() => undefined}
        busy={false}
        error={error}
        ready={ready}
      >
        It will be gone.
      </ConfirmDialog>,
    );
    return { user, confirmed, button: () => screen.findByRole('button', { name: 'Delete it' }) };
  };

  it('begins on Cancel, so that Enter alone confirms nothing', async () => {
    const { user, confirmed, button } = ask(null);
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Cancel'));
    await user.keyboard('{Enter}');
    expect(confirmed).not.toHaveBeenCalled();
    await user.click(await button());
    expect(confirmed).toHaveBeenCalledTimes(1);
  });

  it('cannot be confirmed before it is known what goes', async () => {
    const { user, confirmed, button } = ask(null, false);
    await user.click(await button());
    expect(confirmed).not.toHaveBeenCalled();
  });

  it('shows what is in the way, with the request id', async () => {
    ask(
      new ApiProblem(409, {
        title: 'In use',
        detail: 'Two pools are in it.',
        conflicts: [{ pool_id: 7, cidr: '10.0.0.0/16', name: 'core' }],
        request_id: 'req-9',
      }),
    );
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Two pools are in it.');
    expect(screen.getByRole('link', { name: '10.0.0.0/16 core' }).getAttribute('href')).toBe(
      '/pools/7',
    );
    expect(alert.textContent).toContain('request req-9');
  });
});
