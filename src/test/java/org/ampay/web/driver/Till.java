package org.ampay.web.driver;

import com.microsoft.playwright.Page;

/** A way to pay under test: how it is chosen, what the payer does, and the provider's own books. */
interface Till {

  /** What the form of the page calls it. */
  String way();

  /** What else the form needs. */
  default void fill(Page page) {}

  /** The payer agrees, on whatever page the provider shows. */
  void agrees(Stage.Order order);

  /** The payer refuses. */
  void declines(Stage.Order order);

  /** The payer leaves the provider's page without a decision. */
  void leaves(Stage.Order order);

  /** The provider refuses the next order. */
  void refuses();

  /** The next callback never comes. */
  void losesCallback();

  /** The next callback comes after the order went on. */
  void delaysCallback();

  /** What was delayed comes now, where it does not come by itself. */
  default void sendsLateCallback() {}

  /** What the operator's account with the provider has got so far, less what was given back. */
  long moved();

  /** What is set aside at the provider now. */
  long held();
}
