import type { Schemas } from '@cloudpam/api-client';
import { ShownOnce } from '../actions/shown-once';

/** Shows the secret of a token that was just made or rotated. */
export function TokenSecret({
  token,
  onClose,
}: {
  token: Schemas['NewToken'];
  onClose: () => void;
}) {
  return (
    <ShownOnce
      title={`Token ${token.name}`}
      label="Token secret"
      secret={token.secret}
      otherwise="It was shown before; rotate the token to get a new one."
      why="It is shown this once; the server keeps only a hash."
      onClose={onClose}
    >
      Use it as <span className="mono">Authorization: Bearer …</span>, or to sign in here.
    </ShownOnce>
  );
}
