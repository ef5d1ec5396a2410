import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useMe } from '../session/use-me';
import { followEvents, type Connection } from './follow-events';
import { RefreshRounds } from './refresh-rounds';
import { touchedBy } from './touched-queries';

/** A connection that is back before that was not worth a word, in milliseconds. */
const WORTH_A_WORD_MS = 1_500;
const BACK_MS = 5_000;

/** Keeps everything on screen as new as the server, and says where it cannot. */
export function LiveUpdates() {
  const connection = useLiveQueries();
  const words = useWords(connection);
  return (
    <Text
      role="status"
      size="xs"
      c={words === LOST ? 'var(--mantine-color-orange-text)' : 'dimmed'}
    >
      {words}
    </Text>
  );
}

const LOST = 'Not connected: this may be out of date';
const BACK = 'Connected again';

/** Has the queries on screen follow what happens. */
function useLiveQueries(): Connection {
  const client = useQueryClient();
  const mayListen = useMe()?.permissions.includes('audit:read') ?? false;
  const [connection, setConnection] = useState<Connection>('connecting');
  useEffect(() => {
    if (!mayListen) return;
    const end = new AbortController();
    const rounds = new RefreshRounds(client);
    void followEvents(
      {
        connected: () => rounds.touchAll(),
        event: ({ data }) => rounds.touch(touchedBy(new Set([data.entity_type]))),
        connection: setConnection,
      },
      end.signal,
    );
    return () => end.abort();
  }, [client, mayListen]);
  return connection;
}

/** What is worth saying of the connection: that it is lost, and for a while that it is back. */
function useWords(connection: Connection): string {
  const [words, setWords] = useState('');
  useEffect(() => {
    const timers =
      connection === 'lost'
        ? [setTimeout(() => setWords(LOST), WORTH_A_WORD_MS)]
        : [
            setTimeout(() =>
              setWords((before) => (before === LOST && connection === 'live' ? BACK : before)),
            ),
            setTimeout(() => setWords(''), BACK_MS),
          ];
    return () => timers.forEach(clearTimeout);
  }, [connection]);
  return words;
}
