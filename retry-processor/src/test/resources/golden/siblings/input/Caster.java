package acme.siblings;

import java.util.ArrayList;

interface Caster {
  <U> U read(Class<U> type);

  <U> ArrayList<? extends U> all(Class<U> type);

  <Y extends Exception> void check(Class<Y> type) throws Y;
}
