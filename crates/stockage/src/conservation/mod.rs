//! La conservation : ce qui finit d'être gardé, les avis qui le disent, et ce qui a été effacé.

use std::collections::BTreeMap;

use ccapex::conservation::Sujet;
use ccapex::identifiants::{AgentId, DossierId};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::base::insertion::Lignes;
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::valeurs;
use crate::base::{Base, Stockage, sql, sql_par_moteur, sqlite};
use crate::echec::Echec;
use crate::tables;
use crate::transaction::Transaction;

/// Ce qui se garde encore.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Garde {
    /// Son numéro : dossier, notice ou pièce.
    pub numero: i64,
    /// Ce qui le désigne, sans nommer personne.
    pub nom: String,
    /// Ce que le ménage est devenu, pour un dossier.
    pub issue: String,
    /// Le jour où la durée a commencé.
    pub depuis: Date,
}

/// Ce qui a été fait d'une conservation : un avis, un effacement, un report, une demande.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Le profil.
    pub profil: String,
    /// Le code du sujet.
    pub sujet: &'static str,
    /// Son numéro.
    pub numero: i64,
    /// Le jour où la durée a commencé.
    pub depuis: Date,
    /// Le geste : `premier_avis`, `second_avis`, `effacer`, `prolonger`, `demander`, `refuser`.
    pub geste: String,
    /// Le jour du geste.
    pub jour: Date,
    /// L'échéance qu'il annonce ou qu'il fixe.
    pub echeance: Date,
    /// Pourquoi.
    pub motif: String,
    /// La personne ; 0 pour le programme.
    pub agent: AgentId,
    /// L'instant.
    pub quand: Timestamp,
}

impl DepuisLigne for Garde {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            numero: l.entier("numero")?,
            nom: l.texte("nom")?,
            issue: l.texte("issue")?,
            depuis: l.jour("depuis")?,
        })
    }
}

impl DepuisLigne for Trace {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        let sujet = l.texte("sujet")?;
        let sujet = Sujet::TOUS.into_iter().find(|s| s.code() == sujet);
        Ok(Self {
            profil: l.texte("profil")?,
            sujet: sujet.map_or("", Sujet::code),
            numero: l.entier("numero")?,
            depuis: l.jour("depuis")?,
            geste: l.texte("geste")?,
            jour: l.jour("jour")?,
            echeance: l.jour("echeance")?,
            motif: l.texte("motif")?,
            agent: AgentId(l.entier("agent")?),
            quand: l.instant("quand")?,
        })
    }
}

impl Stockage {
    /// Ce qui se garde depuis ce jour ou avant, dans l'ordre des numéros, après celui-ci.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn gardes(
        &self,
        sujet: Sujet,
        profil: &str,
        depuis: Date,
        apres: i64,
        limite: i64,
    ) -> Result<Vec<Garde>, Echec> {
        let requete = match sujet {
            Sujet::Dossier => sql!("dossiers_clos.sql"),
            Sujet::Notice => sql!("notices_seules.sql"),
            Sujet::Piece => sql!("pieces.sql"),
        };
        self.base.lire(requete, valeurs![profil, depuis, apres, limite]).await
    }

    /// Ce qui a été fait de ces sujets, dans l'ordre, par numéro.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn traces_de_conservation(
        &self,
        sujet: Sujet,
        numeros: &[i64],
    ) -> Result<BTreeMap<i64, Vec<Trace>>, Echec> {
        let liste = serde_json::to_string(numeros)?;
        let valeurs = valeurs![sujet.code(), liste];
        let traces: Vec<Trace> = self.base.lire(sql_par_moteur!("de_plusieurs"), valeurs).await?;
        let mut par_numero = BTreeMap::<i64, Vec<Trace>>::new();
        for trace in traces {
            par_numero.entry(trace.numero).or_default().push(trace);
        }
        Ok(par_numero)
    }
}

impl Stockage {
    /// Fait disparaître des fichiers de la base ce qui vient d'être effacé. PostgreSQL réutilise lui-même ses pages.
    ///
    /// # Erreurs
    ///
    /// [`Echec::DisquePlein`] : rien n'est perdu, la place manque pour réécrire le fichier.
    pub async fn compacter(&self) -> Result<(), Echec> {
        match &self.base {
            Base::Sqlite { ecrivain, .. } => sqlite::compacter(ecrivain).await,
            Base::Postgres(_) => Ok(()),
        }
    }
}

impl Transaction {
    /// Garde la trace d'un avis, d'un effacement, d'un report ou d'une demande.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn tracer_la_conservation(&mut self, traces: Vec<Trace>) -> Result<(), Echec> {
        if traces.is_empty() {
            return Ok(());
        }
        let nombre = i64::try_from(traces.len()).unwrap_or(i64::MAX);
        let premier = self.connexion.numeroter("conservation", nombre).await?;
        let mut lignes = Lignes::pour(&tables::CONSERVATION, traces.len());
        for (id, t) in (premier..).zip(traces) {
            lignes.ligne([
                id.into(),
                t.profil.into(),
                t.sujet.into(),
                t.numero.into(),
                t.depuis.into(),
                t.geste.into(),
                t.jour.into(),
                t.echeance.into(),
                t.motif.into(),
                t.agent.into(),
                t.quand.into(),
            ]);
        }
        self.connexion.inserer(lignes).await
    }

    /// Coupe les identités d'un dossier, et vide les courriels qu'il a fait partir.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn effacer_le_menage(
        &mut self,
        dossier: DossierId,
        cles: &[i64],
        le: Timestamp,
    ) -> Result<(), Echec> {
        let liste = serde_json::to_string(cles)?;
        let effacer = sql_par_moteur!("../coffre/effacer");
        self.connexion.executer(effacer, valeurs![liste, le]).await?;
        let reserve = sql!("effacer_ce_qui_est_reserve.sql");
        self.connexion.executer(reserve, valeurs![dossier, le]).await?;
        self.connexion.executer(sql!("effacer_les_departs.sql"), valeurs![dossier]).await?;
        let departs = sql!("effacer_les_departs_demandes.sql");
        self.connexion.executer(departs, valeurs![dossier]).await?;
        self.connexion.executer(sql!("effacer_les_demandes.sql"), valeurs![dossier]).await?;
        Ok(())
    }

    /// Coupe l'identité de notices sans dossier.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn effacer_les_notices(
        &mut self,
        notices: &[i64],
        le: Timestamp,
    ) -> Result<(), Echec> {
        let liste = serde_json::to_string(notices)?;
        let effacer = sql_par_moteur!("../coffre/effacer");
        self.connexion.executer(effacer, valeurs![liste, le]).await?;
        for notice in notices {
            let depart = sql!("effacer_le_depart_d_une_notice.sql");
            self.connexion.executer(depart, valeurs![*notice]).await?;
            let depart = sql!("effacer_le_depart_demande_d_une_notice.sql");
            self.connexion.executer(depart, valeurs![*notice]).await?;
            let demande = sql!("effacer_la_demande_d_une_notice.sql");
            self.connexion.executer(demande, valeurs![*notice]).await?;
        }
        Ok(())
    }

    /// Retire les octets d'une pièce ; son empreinte, son heure et ce qu'elle est devenue restent.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn effacer_les_octets(&mut self, piece: i64) -> Result<(), Echec> {
        self.connexion.executer(sql!("effacer_les_octets.sql"), valeurs![piece]).await?;
        // Un nom de fichier est souvent celui d'un ménage.
        self.connexion.executer(sql!("effacer_le_nom.sql"), valeurs![piece]).await?;
        Ok(())
    }
}
