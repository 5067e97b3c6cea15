//! Ce que l'adresse des courriers demande : état, période, destinataire, voie.

use ccapex::partenaires::agent::Agent;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use serde::Deserialize;
use usages::courriers::file::compter;
use usages::formes::{Canal, EtatDeCourrier, FiltreDeCourriers};

use crate::app::App;
use crate::composants::{Choix, Lien, Onglet, Onglets};
use crate::erreur::ErreurWeb;
use crate::{mots, urls};

/// Ce que l'adresse demande.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Demande {
    pub(super) etat: String,
    quand: String,
    a: String,
    par: String,
    pub(super) apres: Option<i64>,
    /// Le geste qui vient d'être fait, et les lettres qu'il a touchées.
    pub(super) fait: String,
    pub(super) lettres: String,
}

/// Un filtre à une réponse.
pub struct FiltrePose {
    pub nom: &'static str,
    pub libelle: &'static str,
    pub choix: Vec<Choix>,
}

pub(super) const CHEMIN: &str = "/courriers";

#[rustfmt::skip]
const ONGLETS: [(&str, &str, EtatDeCourrier); 6] = [
    ("",         "À envoyer",       EtatDeCourrier::Prepare),
    ("imprime",  "Imprimées",       EtatDeCourrier::Imprime),
    ("envoye",   "Parties",         EtatDeCourrier::Envoye),
    ("repondu",  "Réponses reçues", EtatDeCourrier::Repondu),
    ("retourne", "Retournées",      EtatDeCourrier::Retourne),
    ("echec",    "En échec",        EtatDeCourrier::Echec),
];

const PERIODES: [(&str, &str); 5] = [
    ("", "Toutes les dates"),
    ("jour", "Aujourd'hui"),
    ("semaine", "Cette semaine"),
    ("derniere", "La semaine dernière"),
    ("avant", "Avant la semaine dernière"),
];

const DESTINATAIRES: [(&str, &str); 6] = [
    ("", "Tous"),
    ("locataire", "Les locataires"),
    ("bailleur", "Les bailleurs"),
    ("maire", "Les maires"),
    ("ccas", "Les CCAS"),
    ("emetteur", "Les émetteurs d'actes"),
];

const VOIES: [(&str, &str); 3] =
    [("", "Toutes"), ("papier", "Courrier postal"), ("courriel", "Courriel")];

/// Au-delà, un onglet dit « plus de » : compter un million de lettres ne se fait pas en passant.
const COMPTEES: i64 = 1000;

impl Demande {
    /// Celle d'une adresse de cette page ; tout, si elle ne se lit pas.
    pub(super) fn de_l_adresse(adresse: &str) -> Self {
        let lue: Option<axum::extract::Query<Self>> =
            adresse.parse().ok().and_then(|uri| axum::extract::Query::try_from_uri(&uri).ok());
        lue.map(|q| q.0).unwrap_or_default()
    }

    pub(super) fn etat(&self) -> EtatDeCourrier {
        ONGLETS.iter().find(|(code, ..)| *code == self.etat).unwrap_or(&ONGLETS[0]).2
    }

    /// L'adresse de cette demande, dans un autre état, après une autre lettre, sans le geste fait.
    pub(super) fn adresse(&self, etat: &str, apres: Option<i64>) -> String {
        let apres = apres.map(|id| id.to_string()).unwrap_or_default();
        let parametres = [
            ("etat", etat),
            ("quand", &self.quand),
            ("a", &self.a),
            ("par", &self.par),
            ("apres", &apres),
        ];
        urls::avec(CHEMIN, &parametres)
    }

    pub(super) fn filtre(&self, app: &App) -> FiltreDeCourriers {
        let choisi = |choix: &[(&str, &str)], valeur: &str| {
            choix.iter().any(|(code, _)| !code.is_empty() && *code == valeur)
        };
        let (depuis, avant) = self.bornes(app.aujourd_hui());
        let debut = |jour: Option<Date>| jour.and_then(|jour| debut_du_jour(app, jour));
        FiltreDeCourriers {
            destinataire: choisi(&DESTINATAIRES, &self.a).then(|| self.a.clone()),
            canal: Canal::de_code(&self.par),
            depuis: debut(depuis),
            avant: debut(avant),
            ..FiltreDeCourriers::de(self.etat())
        }
    }

    /// Le premier jour retenu, et le premier qui ne l'est plus. La semaine commence le lundi.
    fn bornes(&self, aujourd_hui: Date) -> (Option<Date>, Option<Date>) {
        let depuis_lundi = i32::from(aujourd_hui.weekday().to_monday_zero_offset());
        let lundi = aujourd_hui.saturating_sub(depuis_lundi.days());
        let lundi_d_avant = lundi.saturating_sub(7.days());
        match self.quand.as_str() {
            "jour" => (Some(aujourd_hui), None),
            "semaine" => (Some(lundi), None),
            "derniere" => (Some(lundi_d_avant), Some(lundi)),
            "avant" => (None, Some(lundi_d_avant)),
            _ => (None, None),
        }
    }

    pub(super) fn filtres(&self) -> Vec<FiltrePose> {
        let quand = if self.etat() == EtatDeCourrier::Prepare { "Préparées" } else { "Notées" };
        let filtre = |nom, libelle, choix: &[(&str, &str)], valeur: &str| FiltrePose {
            nom,
            libelle,
            choix: Choix::liste(choix, valeur),
        };
        vec![
            filtre("quand", quand, &PERIODES, &self.quand),
            filtre("a", "Pour", &DESTINATAIRES, &self.a),
            filtre("par", "Par", &VOIES, &self.par),
        ]
    }

    /// Les filtres posés, chacun avec l'adresse sans lui.
    pub(super) fn actifs(&self) -> Vec<Lien> {
        let mut actifs = Vec::new();
        let mut poser = |choix: &[(&str, &str)], valeur: &str, sans: Self| {
            let choisi = choix.iter().find(|(code, _)| !code.is_empty() && *code == valeur);
            actifs
                .extend(choisi.map(|(_, dit)| Lien::nouveau(*dit, sans.adresse(&self.etat, None))));
        };
        poser(&PERIODES, &self.quand, Self { quand: String::new(), ..self.clone() });
        poser(&DESTINATAIRES, &self.a, Self { a: String::new(), ..self.clone() });
        poser(&VOIES, &self.par, Self { par: String::new(), ..self.clone() });
        actifs
    }

    pub(super) fn sans_filtre(&self) -> String {
        Self::default().adresse(&self.etat, None)
    }
}

fn debut_du_jour(app: &App, jour: Date) -> Option<Timestamp> {
    jour.to_zoned(app.config.fuseau.clone()).ok().map(|debut| debut.timestamp())
}

/// Les onglets des lettres, chacun avec ce que les filtres y retiennent, et celui des messages.
pub(super) async fn onglets(
    app: &App,
    agent: &Agent,
    demande: &Demande,
    ouvert: &str,
) -> Result<Onglets, ErreurWeb> {
    let filtre = demande.filtre(app);
    let mut onglets = Vec::with_capacity(ONGLETS.len() + 1);
    for (code, dit, etat) in ONGLETS {
        let filtre = FiltreDeCourriers { etat, ..filtre.clone() };
        let n = compter(&app.maison, agent, &filtre, COMPTEES + 1).await?;
        onglets.push(Onglet {
            titre: dit.to_owned(),
            compte: if n > COMPTEES {
                format!("plus de {}", mots::milliers(COMPTEES.unsigned_abs()))
            } else {
                mots::milliers(n.unsigned_abs())
            },
            vers: demande.adresse(code, None),
            ouvert: code == ouvert,
        });
    }
    onglets.push(Onglet {
        titre: "Messages électroniques".to_owned(),
        compte: String::new(),
        vers: "/courriers/messages".to_owned(),
        ouvert: ouvert == "messages",
    });
    Ok(Onglets { nom: "Courriers par état", onglets })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn une_semaine_va_du_lundi_au_dimanche() {
        for (quand, aujourd_hui, depuis, avant) in [
            ("semaine", date(2026, 11, 21), Some(date(2026, 11, 16)), None),
            ("semaine", date(2026, 11, 16), Some(date(2026, 11, 16)), None),
            ("semaine", date(2026, 11, 22), Some(date(2026, 11, 16)), None),
            ("derniere", date(2026, 11, 16), Some(date(2026, 11, 9)), Some(date(2026, 11, 16))),
            ("avant", date(2026, 11, 21), None, Some(date(2026, 11, 9))),
            ("jour", date(2026, 11, 21), Some(date(2026, 11, 21)), None),
            ("toujours", date(2026, 11, 21), None, None),
        ] {
            let demande = Demande { quand: quand.to_owned(), ..Demande::default() };
            assert_eq!(demande.bornes(aujourd_hui), (depuis, avant), "{quand} {aujourd_hui}");
        }
    }

    #[test]
    fn un_filtre_se_retire_sans_toucher_aux_autres() {
        let demande =
            Demande::de_l_adresse("/courriers?etat=imprime&quand=semaine&a=maire&apres=4");
        let actifs: Vec<String> = demande.actifs().into_iter().map(|l| l.vers).collect();
        assert_eq!(
            actifs,
            ["/courriers?etat=imprime&a=maire", "/courriers?etat=imprime&quand=semaine"]
        );
    }
}
