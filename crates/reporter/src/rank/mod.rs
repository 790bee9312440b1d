//! The four-share ranking.
