//! Juger une notice à son arrivée : recevable, dans le champ, au-dessus des seuils, où et à qui.

pub mod anomalies;
pub mod examen;
pub mod fin_du_delai;
pub mod statut;
pub mod suite;
