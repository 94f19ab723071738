import { useEffect, useState } from 'react';

/** The present, epoch milliseconds; again every minute, so that a booking that has passed stops being called upcoming. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
